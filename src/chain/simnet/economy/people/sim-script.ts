import { ripemd160, sha256 } from "#lib";

/** `inscription` pays to a p2tr whose spend reveals content; `p2wsh` is two keys of three. */
export type ScriptKind = "p2wpkh" | "p2tr" | "p2pkh" | "p2sh-p2wpkh" | "p2wsh" | "inscription";

/** A script that someone in the simulation can pay to and spend from. */
export type SimScript = {
  readonly kind: ScriptKind;
  /** scriptPubKey. */
  readonly output: Uint8Array;
  /** 33 bytes of the form of a compressed key; nobody knows a private key to it. */
  readonly pubKey: Uint8Array;
  /** What p2sh and p2wsh hash; empty elsewhere. */
  readonly redeem: Uint8Array;
  /** Bytes that the spend of an inscription reveals, else 0. */
  readonly contentSize: number;
};

export type KeyPath = { readonly seed: number; readonly walletId: number; readonly keyIndex: number };

/** The hashes in the script are those of the key, so whoever checks a spend against its script finds it right. */
export function deriveScript(kind: ScriptKind, path: KeyPath, contentSize = 0): SimScript {
  const pubKey = derivePubKey(path, 0);
  const script = { kind, pubKey, redeem: EMPTY, contentSize };
  switch (kind) {
    case "p2tr":
    case "inscription":
      return { ...script, output: wrapped(P2TR, pubKey.subarray(1), NOTHING) };
    case "p2pkh":
      return { ...script, output: wrapped(P2PKH, hash160(pubKey), P2PKH_END) };
    case "p2wpkh":
      return { ...script, output: wrapped(P2WPKH, hash160(pubKey), NOTHING) };
    case "p2sh-p2wpkh": {
      const redeem = wrapped(P2WPKH, hash160(pubKey), NOTHING);
      return { ...script, redeem, output: wrapped(P2SH, hash160(redeem), P2SH_END) };
    }
    case "p2wsh": {
      const redeem = multisigOf([pubKey, derivePubKey(path, 1), derivePubKey(path, 2)]);
      return { ...script, redeem, output: wrapped(P2WSH, sha256(redeem), NOTHING) };
    }
  }
}

/** Bytes of a script of this kind, known before there is one. */
export const OUTPUT_SCRIPT_SIZE: Readonly<Record<ScriptKind, number>> = {
  p2wpkh: 22,
  p2tr: 34,
  inscription: 34,
  p2pkh: 25,
  "p2sh-p2wpkh": 23,
  p2wsh: 34,
};

const EMPTY = new Uint8Array(0);
const NOTHING: readonly number[] = [];
const P2TR = [0x51, 32];
const P2PKH = [0x76, 0xa9, 20];
const P2PKH_END = [0x88, 0xac];
const P2WPKH = [0x00, 20];
const P2WSH = [0x00, 32];
const P2SH = [0xa9, 20];
const P2SH_END = [0x87];

/** OP_2, three keys, OP_3, OP_CHECKMULTISIG. */
function multisigOf(keys: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(3 + keys.length * 34);
  bytes[0] = 0x52;
  keys.forEach((key, index) => {
    bytes[1 + index * 34] = key.length;
    bytes.set(key, 2 + index * 34);
  });
  bytes.set([0x53, 0xae], bytes.length - 2);
  return bytes;
}

/** What a key follows from, written anew each time. */
const PATH = new Uint8Array(20);
const PATH_VIEW = new DataView(PATH.buffer);
PATH.set([0x6b, 0x65, 0x79, 0x21]);

function derivePubKey({ seed, walletId, keyIndex }: KeyPath, part: number): Uint8Array {
  PATH_VIEW.setUint32(4, seed, true);
  PATH_VIEW.setUint32(8, walletId, true);
  PATH_VIEW.setUint32(12, keyIndex, true);
  PATH_VIEW.setUint32(16, part, true);
  const digest = sha256(PATH);
  const key = new Uint8Array(33);
  key[0] = 2 + ((digest[0] ?? 0) & 1);
  key.set(digest, 1);
  return key;
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
