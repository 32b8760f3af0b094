import { MAX_MONEY } from "./byte-reader.ts";
import type { CoinHeights } from "./coin-heights.ts";
import { decompressAmount } from "./compressed-amount.ts";
import type { CompressedReader } from "./compressed-reader.ts";
import type { SpentOutputsWriter } from "./spent-outputs-writer.ts";

/** Most bytes of a usual coin without its script: height, version, amount, size of the script. */
const HEAD = 4 + 1 + 8 + 1;

/** A hash, as it stands for the whole script. */
const HASH = 20;

/** Most bytes that a usual coin takes when it is written: amount, size, and a script whose size has one byte. */
const ROOM = 8 + 1 + 0x80;

/** A size below this stands for a form of script; of any other it is to be taken away. */
const SPECIAL_SCRIPTS = 6;

/** From here on a number goes on in the next byte; each byte before the last stands for one more than it says. */
const MORE = 0x80;
const ONE_MORE = 0x7f;

type Transcoding = {
  readonly reader: CompressedReader;
  readonly writer: SpentOutputsWriter;
  /** Has room for all of them. */
  readonly heights: CoinHeights;
};

/**
 * Transcodes up to `most` coins of an undo record and returns how many. Stops before the first one that is not usual:
 * that has no height, or a version beside it, a script other than P2PKH, P2SH or a short one in full, or stands close
 * to the end. Nothing of it is read: whoever knows all forms and all faults does that.
 * Nearly every coin is usual, and reading one field by field takes six times as long: here everything is in local
 * variables and nothing is called. Source: as in undo.ts.
 */
export function readUsualCoins({ reader, writer, heights }: Transcoding, most: number): number {
  const { bytes, view, end } = reader;
  const { bytes: written, view: writtenView } = writer;
  const { column, length: position } = heights;
  const lastStart = end - HEAD - HASH;
  const lastRoom = written.length - ROOM;
  let { offset } = reader;
  let { length } = writer;
  let done = 0;
  for (; done < most && offset <= lastStart && length <= lastRoom; done += 1) {
    let at = offset;
    let byte = bytes[at] ?? 0;
    let code = 0;
    for (; byte >= MORE && at < offset + 3; byte = bytes[at] ?? 0) {
      code = (code << 7) + byte - ONE_MORE;
      at += 1;
    }
    code = (code << 7) + byte;
    // Without a height no version follows.
    if (byte >= MORE || code < 2 || bytes[at + 1] !== 0) break;
    at += 2;
    byte = bytes[at] ?? 0;
    let low = 0;
    const amountStart = at;
    for (; byte >= MORE && at < amountStart + 3; byte = bytes[at] ?? 0) {
      low = (low << 7) + byte - ONE_MORE;
      at += 1;
    }
    let amount = low;
    for (; byte >= MORE && at < amountStart + 7; byte = bytes[at] ?? 0) {
      amount = amount * 128 + byte - ONE_MORE;
      at += 1;
    }
    amount = amount * 128 + byte;
    if (byte >= MORE || amount > Number.MAX_SAFE_INTEGER) break;
    const sats = decompressAmount(amount);
    if (sats > MAX_MONEY) break;
    const size = bytes[at + 1] ?? 0;
    at += 2;
    writtenView.setUint32(length, sats, true);
    writtenView.setUint32(length + 4, sats / 0x1_0000_0000, true);
    if (size === 0) {
      // The script's length, then OP_DUP OP_HASH160 20 <hash> OP_EQUALVERIFY OP_CHECKSIG.
      writtenView.setUint32(length + 8, 0x1976a914);
      for (let word = 0; word < HASH; word += 4) {
        writtenView.setUint32(length + 12 + word, view.getUint32(at + word, true), true);
      }
      writtenView.setUint16(length + 32, 0x88ac);
      length += 34;
      at += HASH;
    } else if (size === 1) {
      // The script's length, then OP_HASH160 20 <hash> OP_EQUAL.
      writtenView.setUint16(length + 8, 0x17a9);
      written[length + 10] = 0x14;
      for (let word = 0; word < HASH; word += 4) {
        writtenView.setUint32(length + 11 + word, view.getUint32(at + word, true), true);
      }
      written[length + 31] = 0x87;
      length += 32;
      at += HASH;
    } else {
      const script = size - SPECIAL_SCRIPTS;
      if (script < 0 || size >= MORE || at + script > end) break;
      written[length + 8] = script;
      length += 9;
      let word = 0;
      for (; word + 4 <= script; word += 4) {
        writtenView.setUint32(length + word, view.getUint32(at + word, true), true);
      }
      for (; word < script; word += 1) written[length + word] = bytes[at + word] ?? 0;
      length += script;
      at += script;
    }
    column[position + done] = code >>> 1;
    offset = at;
  }
  reader.offset = offset;
  writer.advanceTo(length);
  heights.length += done;
  return done;
}
