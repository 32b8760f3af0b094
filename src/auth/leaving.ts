import { openSigned, signText } from "./signed-text.ts";

/** As whom a browser leaves for a provider: coming back from another site it sends none of the cookies that say so. */
export type Leaving = {
  /** Under what its feedback was kept without an account. */
  readonly anonymousId: string | null;
  /** Of the account that was signed in. */
  readonly sessionId: string | null;
};

/** As long as the library waits for somebody to come back. */
export const LEAVING_SECONDS = 10 * 60;

/** @param now unix seconds */
export function signLeaving(key: Uint8Array, { anonymousId, sessionId }: Leaving, now: number): string {
  return signText(key, "leaving", JSON.stringify([anonymousId, sessionId, Math.floor(now) + LEAVING_SECONDS]));
}

/** `undefined` where this key did not sign it, or its time is over (`now` in unix seconds). */
export function openLeaving(key: Uint8Array, signed: string, now: number): Leaving | undefined {
  const text = openSigned(key, "leaving", signed);
  if (text === undefined) return undefined;
  const [anonymousId, sessionId, expires]: readonly [string | null, string | null, number] = JSON.parse(text);
  return expires > now ? { anonymousId, sessionId } : undefined;
}
