import { ripemd160 } from "@noble/hashes/legacy.js";
import {
  type BlockVisitor,
  type InputView,
  scanBlock,
  type TransactionView,
  type WitnessView,
} from "./block-scanner.ts";
import { ByteReader } from "./byte-reader.ts";
import type { Sha256 } from "./hashes.ts";
import { readHeader } from "./header.ts";
import { ParseError } from "./parse-error.ts";
import { classifyScript, type ScriptType } from "./script.ts";
import type { SpentOutputs, SpentOutputView } from "./spent-outputs.ts";

/**
 * From these block times on a script of the form is what its form says; before, anyone could spend it. BIP16's switch
 * time, and the time of mainnet's block 481824 (BIP141), the latest of all networks.
 */
const KNOWN_SINCE = { p2sh: 1_333_238_400, witness: 1_503_539_857 } as const;

/**
 * A block does not commit to the outputs that it spends, but most of their scripts hold a hash of what the spender has
 * to show: a key (p2pkh, p2wpkh) or a script (p2sh, p2wsh). Finds spent outputs that are damaged or of other coins.
 * Amounts, and scripts without a hash (p2pk, p2tr, bare multisig), cannot be checked without running signatures.
 * @throws ParseError naming the spent output
 */
export function checkSpentScripts(block: Uint8Array, spent: SpentOutputs, sha256: Sha256): void {
  const { time } = readHeader(new ByteReader(block, "block", () => "header"));
  scanBlock(block, spent, new SpentScriptChecker({ block, spent, sha256, time }));
}

type Ground = {
  readonly block: Uint8Array;
  readonly spent: SpentOutputs;
  readonly sha256: Sha256;
  /** Of the block. */
  readonly time: number;
};

/** A spent script that waits for the witness of its input. */
type Awaited = { readonly index: number; readonly type: ScriptType; readonly start: number };

class SpentScriptChecker implements BlockVisitor {
  readonly #ground: Ground;
  #input = { index: 0, scriptStart: 0, scriptEnd: 0 };
  #awaited = new Map<number, Awaited>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  input(input: InputView): void {
    this.#input = input;
  }

  spent(coin: SpentOutputView, tx: TransactionView): void {
    const { index } = this.#input;
    const { time } = this.#ground;
    const start = coin.scriptStart;
    const type = classifyScript(this.#ground.spent.bytes, start, coin.scriptEnd);
    const pushes = readPushes(this.#ground.block.subarray(this.#input.scriptStart, this.#input.scriptEnd));
    // An input script that computes the key is allowed, and not run here.
    if (type === "p2pkh" && pushes.nothingElse) this.#compare(this.#hash160(pushes.last), start + 3, { tx, index });
    if (type === "p2sh" && time >= KNOWN_SINCE.p2sh) {
      this.#compare(this.#hash160(pushes.last), start + 2, { tx, index });
    }
    if ((type === "p2wpkh" || type === "p2wsh") && time >= KNOWN_SINCE.witness) {
      this.#awaited.set(index, { index, type, start });
    }
  }

  witness(witness: WitnessView, tx: TransactionView): void {
    const awaited = this.#awaited.get(witness.index);
    if (awaited === undefined) return;
    this.#awaited.delete(witness.index);
    const item = this.#ground.block.subarray(witness.lastStart, witness.lastEnd);
    const shown = witness.items === 0 ? undefined : item;
    const hash = awaited.type === "p2wpkh" ? this.#hash160(shown) : shown && this.#ground.sha256(shown);
    this.#compare(hash, awaited.start + 2, { tx, index: awaited.index });
  }

  transaction(tx: TransactionView): void {
    for (const { index, start } of this.#awaited.values()) this.#compare(undefined, start + 2, { tx, index });
  }

  #hash160(bytes: Uint8Array | undefined): Uint8Array | undefined {
    return bytes === undefined ? undefined : ripemd160(this.#ground.sha256(bytes));
  }

  #compare(hash: Uint8Array | undefined, start: number, at: { tx: TransactionView; index: number }): void {
    if (hash?.every((byte, offset) => this.#ground.spent.bytes[start + offset] === byte) === true) return;
    const path = `tx ${at.tx.index} / spent output ${at.index} / script`;
    const reason = "is not the script that the block's input spends";
    throw new ParseError({ document: "spent outputs", path, offset: start }, reason);
  }
}

/** The last item that a script pushes (`undefined` where it pushes none, or ends within one), and whether it does only that. */
function readPushes(script: Uint8Array): { last: Uint8Array | undefined; nothingElse: boolean } {
  let last: Uint8Array | undefined;
  let offset = 0;
  while (offset < script.length) {
    const opcode = script[offset] ?? 0;
    if (opcode > 0x60) return { last, nothingElse: false };
    const lengthBytes = opcode >= 0x4c && opcode <= 0x4e ? 1 << (opcode - 0x4c) : 0;
    let length = opcode < 0x4c ? opcode : 0;
    for (let index = 0; index < lengthBytes; index += 1) length += (script[offset + 1 + index] ?? 0) * 256 ** index;
    const start = offset + 1 + lengthBytes;
    offset = start + length;
    if (offset > script.length) return { last: undefined, nothingElse: true };
    // OP_1NEGATE and OP_1 to OP_16 push a number without carrying it.
    last = opcode >= 0x4f ? Uint8Array.of(opcode === 0x4f ? 0x81 : opcode - 0x50) : script.subarray(start, offset);
  }
  return { last, nothingElse: true };
}
