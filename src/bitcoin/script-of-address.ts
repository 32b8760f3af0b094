import { base58, bech32, bech32m, createBase58check } from "@scure/base";
import { AddressError } from "./address-error.ts";
import type { Sha256 } from "./hashes.ts";
import { type Network, NETWORKS } from "./networks.ts";
import { nameOtherChain, nameOtherVersion } from "./other-chains.ts";

/**
 * The output script that an address of this network stands for; throws an AddressError that tells a typing mistake from
 * an address of another network or of another chain. Source: BIP13, BIP173, BIP350.
 */
export function scriptOfAddress(address: string, network: Network, sha256: Sha256): Uint8Array {
  const chain = nameOtherChain(address);
  if (chain !== undefined) throw new AddressError(address, "other_chain", notBitcoin(chain));
  return isSegwit(address) ? segwitScript(address, network) : base58Script(address, network, sha256);
}

const PREFIXES = new Set(Object.values(NETWORKS).map((network) => network.bech32Prefix));

/** Base58 has no zero, and every address of ours begins with its prefix and a `1`. */
function isSegwit(address: string): boolean {
  return PREFIXES.has(address.slice(0, address.lastIndexOf("1")).toLowerCase());
}

function segwitScript(address: string, network: Network): Uint8Array {
  const [version, program] = decodeSegwit(address);
  const prefix = address.slice(0, address.lastIndexOf("1")).toLowerCase();
  if (prefix !== network.bech32Prefix) {
    const named = networksWith((other) => other.bech32Prefix === prefix);
    throw new AddressError(address, "other_network", otherNetwork(named, network));
  }
  const script = new Uint8Array(program.length + 2);
  script[0] = version === 0 ? 0 : 0x50 + version;
  script[1] = program.length;
  script.set(program, 2);
  return script;
}

/** Version 0 has the checksum of BIP173, the others that of BIP350; either with the wrong one is no address. */
function decodeSegwit(address: string): [version: number, program: Uint8Array] {
  const old = bech32.decodeUnsafe(address);
  const decoded = old ?? bech32m.decodeUnsafe(address);
  const version = decoded?.words[0];
  if (decoded === undefined || version === undefined || (version === 0) !== (old !== undefined)) {
    throw new AddressError(address, "checksum", "its checksum is wrong");
  }
  const program = bech32.fromWordsUnsafe(decoded.words.slice(1));
  if (!(program instanceof Uint8Array) || version > 16 || program.length < 2 || program.length > 40) {
    throw new AddressError(address, "malformed", "it is no witness program");
  }
  if (version === 0 && program.length !== 20 && program.length !== 32) {
    throw new AddressError(
      address,
      "malformed",
      `a program of version 0 has 20 or 32 bytes, this has ${program.length}`,
    );
  }
  return [version, program];
}

function base58Script(address: string, network: Network, sha256: Sha256): Uint8Array {
  const payload = decodeBase58(address, sha256);
  const version = payload[0] ?? 0;
  if (payload.length !== 21) throw new AddressError(address, "malformed", `it holds ${payload.length} bytes, not 21`);
  const hash = payload.subarray(1);
  if (version === network.pubKeyHashVersion) return wrap([0x76, 0xa9, 20], hash, [0x88, 0xac]);
  if (version === network.scriptHashVersion) return wrap([0xa9, 20], hash, [0x87]);
  const named = networksWith((other) => other.pubKeyHashVersion === version || other.scriptHashVersion === version);
  if (named !== "") throw new AddressError(address, "other_network", otherNetwork(named, network));
  throw new AddressError(address, "other_chain", notBitcoin(nameOtherVersion(version)));
}

/** The longest that 25 bytes can become is 35 digits; decoding takes time that grows with the square of the length. */
const LONGEST = 40;

function decodeBase58(address: string, sha256: Sha256): Uint8Array {
  if (!/^[1-9A-HJ-NP-Za-km-z]+$/.test(address) || address.length > LONGEST) {
    throw new AddressError(address, "malformed", "it is no Bitcoin address");
  }
  try {
    return createBase58check(sha256).decode(address);
  } catch {
    // Either the checksum or the length; what it would have held tells which.
    const length = base58.decode(address).length;
    if (length === 25) throw new AddressError(address, "checksum", "its checksum is wrong");
    throw new AddressError(address, "malformed", `it holds ${length} bytes with its checksum, not 25`);
  }
}

function wrap(before: readonly number[], hash: Uint8Array, after: readonly number[]): Uint8Array {
  return Uint8Array.of(...before, ...hash, ...after);
}

function networksWith(matches: (network: Network) => boolean): string {
  const names = Object.values(NETWORKS).filter(matches);
  return names.map(({ name }) => name).join(", ");
}

function otherNetwork(named: string, network: Network): string {
  return `this is an address of ${named.replace(/, ([^,]*)$/, " or $1")}, not of ${network.name}`;
}

function notBitcoin(chain: string): string {
  return `this is not a Bitcoin address but one of ${chain}`;
}
