import { ripemd160 } from "@noble/hashes/legacy.js";
import { sha256 } from "#lib";

export type ScriptKind = "p2wpkh" | "p2tr" | "p2pkh" | "p2sh-p2wpkh";

/** A script that someone in the simulation can pay to and spend from. */
export type SimScript = {
  readonly kind: ScriptKind;
  /** Number of the wallet's key. */
  readonly keyIndex: number;
  /** scriptPubKey. */
  readonly output: Uint8Array;
  /** 33 bytes of the form of a compressed key; nobody knows a private key to it. */
  readonly pubKey: Uint8Array;
  /** What p2sh hashes; empty elsewhere. */
  readonly redeem: Uint8Array;
};

export type KeyPath = { readonly seed: number; readonly walletId: number; readonly keyIndex: number };

/** The hashes in the script are those of the key, so whoever checks a spend against its script finds it right. */
export function deriveScript(kind: ScriptKind, path: KeyPath): SimScript {
  const pubKey = derivePubKey(path);
  const { keyIndex } = path;
  if (kind === "p2tr") {
    return { kind, keyIndex, pubKey, redeem: EMPTY, output: wrapped([0x51, 32], pubKey.subarray(1), []) };
  }
  const keyHash = hash160(pubKey);
  if (kind === "p2pkh") {
    return { kind, keyIndex, pubKey, redeem: EMPTY, output: wrapped([0x76, 0xa9, 20], keyHash, [0x88, 0xac]) };
  }
  const program = wrapped([0x00, 20], keyHash, []);
  if (kind === "p2wpkh") return { kind, keyIndex, pubKey, redeem: EMPTY, output: program };
  return { kind, keyIndex, pubKey, redeem: program, output: wrapped([0xa9, 20], hash160(program), [0x87]) };
}

const EMPTY = new Uint8Array(0);

function derivePubKey({ seed, walletId, keyIndex }: KeyPath): Uint8Array {
  const path = new Uint8Array(16);
  const view = new DataView(path.buffer);
  path.set([0x6b, 0x65, 0x79, 0x21]);
  view.setUint32(4, seed, true);
  view.setUint32(8, walletId, true);
  view.setUint32(12, keyIndex, true);
  const digest = sha256(path);
  return wrapped([2 + ((digest[0] ?? 0) & 1)], digest, []);
}

function hash160(bytes: Uint8Array): Uint8Array {
  return ripemd160(sha256(bytes));
}

function wrapped(before: readonly number[], middle: Uint8Array, after: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(before.length + middle.length + after.length);
  bytes.set(before);
  bytes.set(middle, before.length);
  bytes.set(after, before.length + middle.length);
  return bytes;
}
