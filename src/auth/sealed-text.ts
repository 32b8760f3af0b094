import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** What is sealed; what was sealed as one thing is not opened as another. */
type Purpose = "setting" | "answer";

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** A text that only the same key opens, and that nobody changes unnoticed; in base64url. */
export function sealText(key: Uint8Array, purpose: Purpose, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, keyFor(key, purpose), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** `undefined` where another key sealed it, as another thing, or somebody changed it. */
export function openSealed(key: Uint8Array, purpose: Purpose, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv(ALGORITHM, keyFor(key, purpose), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString();
  } catch {
    // The tag does not fit.
    return undefined;
  }
}

/** The instance's key signs as well: each use has a key of its own. */
function keyFor(key: Uint8Array, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "", `utxoiq sealed ${purpose}`, KEY_BYTES));
}
