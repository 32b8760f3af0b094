import { createHmac, timingSafeEqual } from "node:crypto";

/** What a signature is for; a text that was signed for one thing is worth nothing for another. */
type Purpose = "session" | "operator-code" | "leaving" | "confirm";

/** `<text>.<signature>`, both in base64url. */
export function signText(key: Uint8Array, purpose: Purpose, text: string): string {
  const encoded = Buffer.from(text).toString("base64url");
  return `${encoded}.${signatureOf(key, purpose, encoded).toString("base64url")}`;
}

/** The text, where this key signed it for this purpose; else `undefined`. */
export function openSigned(key: Uint8Array, purpose: Purpose, signed: string): string | undefined {
  const [encoded = "", signature = "", ...rest] = signed.split(".");
  if (rest.length > 0) return undefined;
  const expected = signatureOf(key, purpose, encoded);
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return Buffer.from(encoded, "base64url").toString();
}

function signatureOf(key: Uint8Array, purpose: Purpose, encoded: string): Buffer {
  return createHmac("sha256", key).update(`utxoiq ${purpose}\n${encoded}`).digest();
}
