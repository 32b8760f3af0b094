import { randomBytes } from "node:crypto";
import { access, type Database } from "#store";
import { openSigned, signText } from "./signed-text.ts";

/** A link that is not opened in so long is worth nothing any more. */
const VALID_SECONDS = 15 * 60;

/** A code that makes whoever shows it first the operator. Whoever has the instance's key can make one. */
export function createOperatorCode(key: Uint8Array, now: number): string {
  const nonce = randomBytes(16).toString("hex");
  return signText(key, "operator-code", `${nonce}:${Math.floor(now) + VALID_SECONDS}`);
}

/** Whether this key signed the code, its time is not over (unix seconds), and nobody used it before. */
export async function redeemOperatorCode(
  db: Database,
  key: Uint8Array,
  { code, now }: { readonly code: string; readonly now: number },
): Promise<boolean> {
  const [nonce, expires] = openSigned(key, "operator-code", code)?.split(":") ?? [];
  if (nonce === undefined || !(Number(expires) > now)) return false;
  return access.useCode(db, { nonce, expires: new Date(Number(expires) * 1_000) });
}
