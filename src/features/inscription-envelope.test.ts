import { expect, test } from "vitest";
import { scanBlock } from "#bitcoin";
import { blockBytes, bytes, coinbase, keyScript, payment, spentBytes } from "../../test/fixtures/hand-built-block.ts";
import { addEnvelopes } from "./inscription-envelope.ts";

/** `ord`, a content type and a body of five bytes. */
const ENVELOPE = "0063036f726401010a746578742f706c61696e0005486920746868";
const CONTROL = `c0${"11".repeat(32)}`;
const KEY_CHECK = `20${"22".repeat(32)}ac`;

function envelopesOf(witness: readonly string[]): { count: number; bytes: number } {
  const coin = { value: 1_000, script: keyScript(1) };
  const spending = payment([coin], [coin]);
  const [input] = spending.inputs;
  if (input === undefined) throw new Error("the payment has an input");
  const transactions = [
    coinbase(1, [coin]),
    { ...spending, inputs: [{ ...input, witness: witness.map((item) => bytes(item)) }] },
  ];
  const block = blockBytes(transactions);
  const found = { count: 0, bytes: 0 };
  scanBlock(block, { bytes: spentBytes(transactions) }, { witness: (view) => addEnvelopes(block, view, found) });
  return found;
}

const SIZE = ENVELOPE.length / 2;

test.each([
  ["one after a key check", ["aa", KEY_CHECK + ENVELOPE, CONTROL], 1, SIZE],
  ["two in one script", ["aa", KEY_CHECK + ENVELOPE + ENVELOPE, CONTROL], 2, 2 * SIZE],
  ["one beside an annex", ["aa", ENVELOPE, CONTROL, "50ff"], 1, SIZE],
  ["one with small numbers as pushes", ["aa", "0063036f7264516068", CONTROL], 1, 9],
  ["none in a spend with a key", ["aa".repeat(64)], 0, 0],
  ["one under another leaf version", ["aa", ENVELOPE, `fa${"11".repeat(32)}`], 1, SIZE],
  ["one where the last item is no control block", ["aa", ENVELOPE, "c011"], 1, SIZE],
  ["one beside an empty last item", ["aa", ENVELOPE, ""], 1, SIZE],
  ["one after an empty push", ["aa", `00${ENVELOPE}`, CONTROL], 1, SIZE],
  ["one with longer spellings of its pushes", ["aa", "4c00634d03006f726468", CONTROL], 1, 10],
  ["one after another protocol in an OP_IF", ["aa", `0063026f72${ENVELOPE}`, CONTROL], 1, SIZE],
  ["none beside an annex and nothing else", [ENVELOPE, "50"], 0, 0],
  ["none in the script that failed within", ["aa", "0063036f72640063036f726468", CONTROL], 0, 0],
  ["one after a script that failed within", ["aa", `0063036f7264ac${ENVELOPE}`, CONTROL], 1, SIZE],
  ["none at all in a script that ends within a push", ["aa", `${ENVELOPE}4c`, CONTROL], 0, 0],
  ["one in a script that ends with OP_IF", ["aa", `${ENVELOPE}0063`, `036f726468${"00".repeat(28)}`], 1, SIZE],
  ["none inside a push", ["aa", `4c${SIZE.toString(16)}${ENVELOPE}`, CONTROL], 0, 0],
  ["none that is not closed", ["aa", ENVELOPE.slice(0, -2), CONTROL], 0, 0],
  ["none with an opcode inside", ["aa", "0063036f7264ac68", CONTROL], 0, 0],
  ["none of another protocol", ["aa", "0063036f72650068", CONTROL], 0, 0],
  ["none in a script that is cut off within a push", ["aa", "0063036f72644dffff01", CONTROL], 0, 0],
  ["none in an empty script", ["aa", "", CONTROL], 0, 0],
])("%s", (_what, witness, count, size) => {
  expect(envelopesOf(witness)).toEqual({ count, bytes: size });
});
