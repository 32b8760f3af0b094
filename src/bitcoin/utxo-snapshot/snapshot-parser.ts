import { MAX_MONEY } from "../byte-reader.ts";
import { readAmount } from "../compressed-amount.ts";
import { CompressedKeys } from "../compressed-key.ts";
import { CompressedReader, MORE_NEEDED } from "../compressed-reader.ts";
import { decompressScript } from "../compressed-script.ts";
import { displayHex } from "../hashes.ts";
import { SpentOutputsWriter } from "../spent-outputs-writer.ts";
import { checkOutputOrder, isAscending } from "./coin-order.ts";
import { readSnapshotHeader, type SnapshotHeader } from "./snapshot-header.ts";

/** An unspent output as the parser passes over it. The object is reused: copy what must outlast the call. */
export type UnspentOutputView = {
  /** Height at which it was made. */
  height: number;
  coinbase: boolean;
  /** Satoshis. */
  value: number;
  /** The script, as it stands in the output, is `bytes.subarray(scriptStart, scriptEnd)`. */
  bytes: Uint8Array;
  scriptStart: number;
  scriptEnd: number;
};

/** What Core's `gettxoutsetinfo` says of the same set, under its definitions. */
export type SnapshotTotals = {
  /** `txouts` */
  readonly coins: number;
  /** `transactions`: those with unspent outputs. */
  readonly transactions: number;
  /** `total_amount`, in satoshis. */
  readonly total: number;
  /** `bogosize`: 50 for each coin and the bytes of its script. */
  readonly bogosize: number;
  /**
   * `hash_serialized_3`, with which `dumptxoutset` answers too; `null` where it was not asked for, or where the file
   * has outputs in another order than the hash (which takes a transaction with 16,512 outputs).
   */
  readonly hash: string | null;
  /** Of the youngest coin: the base block is at this height or above. */
  readonly maxHeight: number;
};

/** SHA-256 of bytes that come piece by piece. */
export type Sha256Stream = { update(bytes: Uint8Array): unknown; digest(): Uint8Array };

type SnapshotParserOptions = {
  readonly coin: (coin: UnspentOutputView) => void;
  /** With it the hash of the set is worked out. */
  readonly createSha256?: (() => Sha256Stream) | undefined;
};

/** More than any coin takes: its script has at most 10,000 bytes. */
const BUFFER_SIZE = 0x4_0000;

/** Transaction id, output index, height and coinbase flag: what the hash of the set wants before the output itself. */
const COIN_PREFIX = 40;

/** So much is hashed at once. */
const HASH_BATCH = 0x1_0000;

/** Core `kernel/coinstats.cpp`, `GetBogoSize`. */
const BOGO_SIZE = 50;

/**
 * Reads what `dumptxoutset` of Core 28 and newer writes, in pieces of any size, with a fixed amount of memory, and calls
 * `coin` for each unspent output. Format: header, then per transaction 32 bytes of id and a count, per output its index,
 * VARINT of height · 2 + coinbase, compressed amount, compressed script.
 * Source: Core `rpc/blockchain.cpp` (`WriteUTXOSnapshot`), `node/utxo_snapshot.h`, `compressor.h`.
 */
export class SnapshotParser {
  readonly #reader = new CompressedReader(new Uint8Array(BUFFER_SIZE), {
    name: "UTXO snapshot",
    path: () => (this.#header === undefined ? [] : [`coin ${this.#coins}`]),
  });
  readonly #writer = new SpentOutputsWriter(HASH_BATCH + COIN_PREFIX);
  readonly #visit: (coin: UnspentOutputView) => void;
  readonly #createSha256: (() => Sha256Stream) | undefined;
  readonly #sha256: Sha256Stream | undefined;
  readonly #view: UnspentOutputView;
  readonly #prefix = new DataView(new ArrayBuffer(COIN_PREFIX));
  readonly #txid = new Uint8Array(this.#prefix.buffer, 0, 32);
  readonly #keys = new CompressedKeys();
  #header: SnapshotHeader | undefined;
  #coins = 0;
  /** Of the transaction that is being read. */
  #coinsLeft = 0;
  #lastIndex = -1;
  #transactions = 0;
  #total = 0;
  #bogosize = 0;
  #maxHeight = 0;
  #inHashOrder = true;

  constructor({ coin, createSha256 }: SnapshotParserOptions) {
    this.#visit = coin;
    this.#createSha256 = createSha256;
    this.#sha256 = createSha256?.();
    this.#reader.end = 0;
    this.#reader.moreMayCome = true;
    const { bytes } = this.#writer;
    this.#view = { height: 0, coinbase: false, value: 0, bytes, scriptStart: 0, scriptEnd: 0 };
  }

  /** Known after the first {@link SNAPSHOT_HEADER_SIZE} bytes. */
  get header(): SnapshotHeader | undefined {
    return this.#header;
  }

  /** @throws ParseError with field path and byte offset, after which the parser must not be used */
  push(chunk: Uint8Array): void {
    for (let taken = 0; taken < chunk.length;) {
      taken += this.#take(chunk, taken);
      this.#parse();
    }
  }

  /** Says that nothing follows. @throws ParseError where something should */
  end(): SnapshotTotals {
    this.#reader.moreMayCome = false;
    this.#parse();
    if (this.#writer.length > 0) this.#flush();
    const hash = this.#inHashOrder ? this.#digest() : null;
    return {
      coins: this.#coins,
      transactions: this.#transactions,
      total: this.#total,
      bogosize: this.#bogosize,
      hash,
      maxHeight: this.#maxHeight,
    };
  }

  /** Moves what was not read to the front of the buffer and fills it up. */
  #take(chunk: Uint8Array, from: number): number {
    const reader = this.#reader;
    reader.bytes.copyWithin(0, reader.offset, reader.end);
    reader.base += reader.offset;
    reader.end -= reader.offset;
    reader.offset = 0;
    const size = Math.min(chunk.length - from, reader.bytes.length - reader.end);
    reader.bytes.set(chunk.subarray(from, from + size), reader.end);
    reader.end += size;
    return size;
  }

  #parse(): void {
    const reader = this.#reader;
    let start = reader.offset;
    let written = this.#writer.length;
    try {
      while (this.#header === undefined || this.#coins < this.#header.coins) {
        start = reader.offset;
        written = this.#writer.length;
        if (this.#header === undefined) this.#header = readSnapshotHeader(reader);
        else if (this.#coinsLeft === 0) this.#readTransaction(this.#header.coins);
        else this.#readCoin();
      }
    } catch (error) {
      if (error !== MORE_NEEDED) throw error;
      // All of it is read again once more of it is there.
      reader.offset = start;
      this.#writer.rewindTo(written);
      return;
    }
    if (reader.remaining > 0) reader.fail("end of snapshot", "more bytes follow the last coin");
  }

  #readTransaction(coins: number): void {
    const reader = this.#reader;
    const start = reader.skip(32, "transaction id");
    const count = reader.compactSize("number of outputs");
    if (count === 0 || count > coins - this.#coins) {
      reader.fail("number of outputs", `is ${count}, and ${coins - this.#coins} coins are left`, start + 32);
    }
    if (this.#transactions > 0 && !isAscending(this.#txid, reader.bytes, start)) {
      reader.fail("transaction id", "does not come after the one before it", start);
    }
    for (let offset = 0; offset < 32; offset += 4)
      this.#prefix.setUint32(offset, reader.view.getUint32(start + offset));
    this.#coinsLeft = count;
    this.#lastIndex = -1;
    this.#transactions += 1;
  }

  #readCoin(): void {
    const reader: CompressedReader = this.#reader;
    const writer = this.#writer;
    const start = reader.offset;
    const index = reader.compactSize("output index");
    const inHashOrder = checkOutputOrder(this.#lastIndex, index);
    if (inHashOrder === undefined) reader.fail("output index", `${index} does not come after the one before it`, start);
    const code = reader.varInt("height");
    const value = readAmount(reader);
    writer.beginCoin(COIN_PREFIX);
    if (this.#sha256 !== undefined) this.#writePrefix(index, code, value);
    const script = writer.length;
    decompressScript(reader, writer, this.#keys);
    if (this.#total + value > MAX_MONEY) reader.fail("amount", "all coins together exceed 21 million BTC", start);
    this.#inHashOrder &&= inHashOrder;
    this.#lastIndex = index;
    this.#passOn(code, value, script);
  }

  /** What the hash of the set wants before the script. */
  #writePrefix(index: number, code: number, value: number): void {
    this.#prefix.setUint32(32, index, true);
    this.#prefix.setUint32(36, code, true);
    this.#writer.copy(this.#prefix, 0, COIN_PREFIX);
    this.#writer.sats(value);
  }

  #passOn(code: number, value: number, script: number): void {
    const writer = this.#writer;
    const view = this.#view;
    view.height = code >>> 1;
    view.coinbase = (code & 1) === 1;
    view.value = value;
    view.bytes = writer.bytes;
    // Its length stands before it, in one byte or in three.
    view.scriptStart = script + ((view.bytes[script] ?? 0) < 0xfd ? 1 : 3);
    view.scriptEnd = writer.length;
    const size = view.scriptEnd - view.scriptStart;
    this.#coins += 1;
    this.#coinsLeft -= 1;
    this.#total += value;
    this.#bogosize += BOGO_SIZE + size;
    if (view.height > this.#maxHeight) this.#maxHeight = view.height;
    this.#visit(view);
    if (this.#sha256 === undefined) writer.rewindTo(0);
    else if (writer.length >= HASH_BATCH) this.#flush();
  }

  #flush(): void {
    this.#sha256?.update(this.#writer.finish());
    this.#writer.rewindTo(0);
  }

  /** Core `kernel/coinstats.cpp`: SHA-256 twice of all coins, ordered by outpoint. */
  #digest(): string | null {
    if (this.#sha256 === undefined || this.#createSha256 === undefined) return null;
    const outer = this.#createSha256();
    outer.update(this.#sha256.digest());
    return displayHex(outer.digest());
  }
}
