import { randomBytes } from "node:crypto";
import { openSigned, signText } from "./signed-text.ts";

/** What a cookie says of its bearer: the operator, or a person of whom nothing but an id is known. */
export type Session = {
  readonly role: "operator" | "person";
  /** Of a person what their feedback is kept under; of the operator, which browser it is. */
  readonly id: string;
  /** Unix seconds. */
  readonly expires: number;
};

const ID = /^[0-9a-f]{32}$/;

export function drawId(): string {
  return randomBytes(16).toString("hex");
}

export function signSession(key: Uint8Array, { role, id, expires }: Session): string {
  return signText(key, "session", `${role}:${id}:${expires}`);
}

/** `undefined` where this key did not sign it, or its time is over (`now` in unix seconds). */
export function openSession(key: Uint8Array, token: string, now: number): Session | undefined {
  const text = openSigned(key, "session", token);
  const [role, id = "", expires] = text?.split(":") ?? [];
  if ((role !== "operator" && role !== "person") || !ID.test(id)) return undefined;
  const session = { role, id, expires: Number(expires) } as const;
  return session.expires > now ? session : undefined;
}
