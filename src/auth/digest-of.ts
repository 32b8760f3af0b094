import { createHash } from "node:crypto";

/** What is kept of a secret that is told once: drawn at random it needs no salt. */
export function digestOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
