import { createHash } from "node:crypto";

/** Cookies know no port: two instances on one machine must not take each other's away, so each has a name of its own. */
export function cookieInstance(instanceKey: Uint8Array): string {
  return createHash("sha256").update("utxoiq cookie name").update(instanceKey).digest("hex").slice(0, 8);
}
