import { canonicalJson } from "./canonical-json.ts";
import { sha256 } from "./digests.ts";

/** SHA-256 of a value's canonical JSON, in hex. */
export function canonicalDigest(value: unknown): string {
  return Buffer.from(sha256(new TextEncoder().encode(canonicalJson(value)))).toString("hex");
}
