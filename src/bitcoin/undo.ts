import { CoinHeights } from "./coin-heights.ts";
import { readAmount } from "./compressed-amount.ts";
import { CompressedKeys } from "./compressed-key.ts";
import { CompressedReader } from "./compressed-reader.ts";
import { decompressScript } from "./compressed-script.ts";
import type { SpentOutputs } from "./spent-outputs.ts";
import { SpentOutputsWriter } from "./spent-outputs-writer.ts";
import { readUsualCoins } from "./usual-coins.ts";

/** Bytes of the smallest coin (height, amount, size of the script) and the smallest transaction (a count and a coin). */
const SMALLEST = { coin: 3, transaction: 4 } as const;

/**
 * Core's `CBlockUndo` (as in `rev*.dat`, without its record's header and checksum) → spent outputs with coin heights.
 * Core before 0.15 did not write the height of every coin: a record that lacks one gives no `coinHeights` at all.
 * Who decodes many passes the same `keys` on, which remember what was worked out.
 * Source: Core `undo.h`, `compressor.h`, `serialize.h` (VARINT).
 * @throws ParseError with field path and byte offset
 */
export function decodeUndo(undo: Uint8Array, keys = new CompressedKeys()): SpentOutputs {
  const at: Position = { tx: -1, coin: -1 };
  const reader = new CompressedReader(undo, { name: "undo", path: () => pathOf(at) });
  // Coins of the usual kinds take about 28 bytes here and 35 there; where that is not enough it grows.
  const writer = new SpentOutputsWriter(Math.ceil(undo.length * 1.5));
  const heights = new CoinHeights(Math.ceil(undo.length / 24) + 1);
  const decoding: Decoding = { at, reader, writer, heights, keys };
  const transactions = reader.count(SMALLEST.transaction, "transactions");
  writer.compactSize(transactions + 1);
  writer.compactSize(0);
  for (let index = 1; index <= transactions; index += 1) {
    at.tx = index;
    decodeTransaction(decoding);
  }
  at.tx = -1;
  if (reader.remaining > 0) reader.fail("end of undo", `${reader.remaining} bytes follow the last transaction`);
  const bytes = writer.finish();
  const coinHeights = heights.finish();
  return coinHeights === undefined ? { bytes } : { bytes, coinHeights };
}

/** Where we are, for messages: -1 is "not inside". */
type Position = { tx: number; coin: number };

function pathOf({ tx, coin }: Position): string[] {
  return [...(tx < 0 ? [] : [`tx ${tx}`]), ...(coin < 0 ? [] : [`spent output ${coin}`])];
}

type Decoding = {
  readonly at: Position;
  readonly reader: CompressedReader;
  readonly writer: SpentOutputsWriter;
  readonly heights: CoinHeights;
  readonly keys: CompressedKeys;
};

function decodeTransaction(decoding: Decoding): void {
  const { at, reader, writer, heights, keys } = decoding;
  const start = reader.offset;
  const coins = reader.count(SMALLEST.coin, "spent outputs");
  if (coins === 0) reader.fail("spent outputs", "a transaction spends at least one", start);
  writer.beginCoin();
  writer.compactSize(coins);
  heights.reserve(coins);
  for (
    let read = readUsualCoins(decoding, coins);
    read < coins;
    read += 1 + readUsualCoins(decoding, coins - read - 1)
  ) {
    at.coin = read;
    writer.beginCoin();
    heights.push(decodeHeight(reader));
    writer.sats(readAmount(reader));
    decompressScript(reader, writer, keys);
  }
  at.coin = -1;
}

/** Height of the coin; -1 where an old record has none. */
function decodeHeight(reader: CompressedReader): number {
  // The lowest bit tells whether a coinbase made the coin.
  const code = reader.varInt("height");
  const height = code >>> 1;
  // Once the version of the transaction that made the coin, zero since Core 0.15.
  if (height > 0) reader.varInt("version");
  // The coin of block 0 can be spent on a simulated network alone, and a coinbase made it.
  return code === 0 ? -1 : height;
}
