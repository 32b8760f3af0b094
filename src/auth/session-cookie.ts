import { createHmac, timingSafeEqual } from "node:crypto";

/** The token of a session, where the cookie was signed with this secret (as Better Auth signs it); else `undefined`. */
export function openSessionCookie(secret: string, cookie: string): string | undefined {
  const signed = decode(cookie);
  const end = signed.lastIndexOf(".");
  if (end < 1) return undefined;
  const token = signed.slice(0, end);
  const expected = signatureOf(secret, token);
  const given = Buffer.from(signed.slice(end + 1), "base64");
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined;
}

/** A cookie that `openSessionCookie` and the library open. */
export function signCookie(secret: string, token: string): string {
  return encodeURIComponent(`${token}.${signatureOf(secret, token).toString("base64")}`);
}

function signatureOf(secret: string, token: string): Buffer {
  return createHmac("sha256", secret).update(token).digest();
}

function decode(cookie: string): string {
  try {
    return decodeURIComponent(cookie);
  } catch {
    // Nothing that we have written.
    return "";
  }
}
