import { writeRipemd160, writeSha256 } from "#lib";

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
  const redeem = redeemOf(kind, path, pubKey);
  return { kind, output: outputOf(kind, pubKey, redeem), pubKey, redeem, contentSize };
}

function redeemOf(kind: ScriptKind, path: KeyPath, pubKey: Uint8Array): Uint8Array {
  if (kind === "p2sh-p2wpkh") return hashed160(P2WPKH, pubKey);
  return kind === "p2wsh" ? multisigOf([pubKey, derivePubKey(path, 1), derivePubKey(path, 2)]) : EMPTY;
}

function outputOf(kind: ScriptKind, pubKey: Uint8Array, redeem: Uint8Array): Uint8Array {
  switch (kind) {
    case "p2tr":
    case "inscription": {
      const output = begin(P2TR);
      output.set(pubKey.subarray(1), P2TR.before.length);
      return output;
    }
    case "p2pkh":
      return hashed160(P2PKH, pubKey);
    case "p2wpkh":
      return hashed160(P2WPKH, pubKey);
    case "p2sh-p2wpkh":
      return hashed160(P2SH, redeem);
    case "p2wsh": {
      const output = begin(P2WSH);
      writeSha256(redeem, output, P2WSH.before.length);
      return output;
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

/** What stands before and after a hash or a key. */
type Form = { readonly before: readonly number[]; readonly size: number; readonly after: readonly number[] };

const P2TR: Form = { before: [0x51, 32], size: 32, after: [] };
const P2PKH: Form = { before: [0x76, 0xa9, 20], size: 20, after: [0x88, 0xac] };
const P2WPKH: Form = { before: [0x00, 20], size: 20, after: [] };
const P2WSH: Form = { before: [0x00, 32], size: 32, after: [] };
const P2SH: Form = { before: [0xa9, 20], size: 20, after: [0x87] };

/** The script but for what is to be written between. */
function begin({ before, size, after }: Form): Uint8Array {
  const script = new Uint8Array(before.length + size + after.length);
  script.set(before);
  script.set(after, before.length + size);
  return script;
}

const INNER = new Uint8Array(32);

/** With the RIPEMD-160 of the SHA-256 of these bytes. */
function hashed160(form: Form, bytes: Uint8Array): Uint8Array {
  const script = begin(form);
  writeSha256(bytes, INNER, 0);
  writeRipemd160(INNER, script, form.before.length);
  return script;
}

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
  const key = new Uint8Array(33);
  writeSha256(PATH, key, 1);
  key[0] = 2 + ((key[1] ?? 0) & 1);
  return key;
}
