import { bech32, bech32m, createBase58check } from "@scure/base";
import type { Sha256 } from "./hashes.ts";
import type { Network } from "./networks.ts";
import { classifyScript } from "./script.ts";

/**
 * Address of an output script, `undefined` where the type has none (p2pk, bare multisig, OP_RETURN, …) as in Core.
 * Source: BIP13, BIP173, BIP350.
 */
export function addressOf(script: Uint8Array, network: Network, sha256: Sha256): string | undefined {
  switch (classifyScript(script, 0, script.length)) {
    case "p2pkh":
      return base58(network.pubKeyHashVersion, script.subarray(3, 23), sha256);
    case "p2sh":
      return base58(network.scriptHashVersion, script.subarray(2, 22), sha256);
    case "p2wpkh":
    case "p2wsh":
      return bech32.encode(network.bech32Prefix, [0, ...bech32.toWords(script.subarray(2))]);
    case "p2tr":
    case "p2a":
      return bech32m.encode(network.bech32Prefix, [1, ...bech32m.toWords(script.subarray(2))]);
    default:
      return undefined;
  }
}

function base58(version: number, hash: Uint8Array, sha256: Sha256): string {
  const payload = new Uint8Array(21);
  payload[0] = version;
  payload.set(hash, 1);
  return createBase58check(sha256).encode(payload);
}
