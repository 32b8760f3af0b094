import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesFromDisplayHex, scanBlock, txidOf } from "#bitcoin";
import { sha256 } from "#lib";
import { blockBytes, coinbase, keyScript, payment, spentBytes } from "../../test/fixtures/hand-built-block.ts";
import { compareWithExpected, NAMED_TXIDS } from "./expected-block.ts";

const TIME = 1_700_000_000;

/** A block of so many payments, each of which pays its number in satoshis; with and without witness. */
function blockOf(payments: number): { block: Uint8Array; spent: { bytes: Uint8Array }; txids: string[] } {
  const transactions = [
    coinbase(7, [{ value: 1_000, script: keyScript(9) }]),
    ...Array.from({ length: payments }, (_, index) =>
      payment(
        [{ value: 100_000 + index, script: keyScript(1) }],
        [
          { value: 100_000 - 1, script: keyScript(2 + (index % 200)) },
          { value: 0, script: numberScript(index) },
        ],
        index % 2 === 0,
      ),
    ),
  ];
  const block = blockBytes(transactions, TIME);
  const txids: string[] = [];
  scanBlock(block, undefined, { transaction: (tx) => void txids.push(txidOf(block, tx, sha256)) });
  return { block, spent: { bytes: spentBytes(transactions) }, txids: txids.slice(1) };
}

/** OP_RETURN, so that no two payments are the same. */
function numberScript(number: number): Uint8Array {
  return Uint8Array.from([0x6a, 0x02, number & 0xff, number >> 8]);
}

function unseen(number: number): string {
  return number.toString(16).padStart(64, "0");
}

function expecting(txids: readonly string[], time = TIME - 20): Parameters<typeof compareWithExpected>[1] {
  return { time, txids: Uint8Array.from(txids.flatMap((txid) => [...bytesFromDisplayHex(txid)])), totalFee: 4_321 };
}

describe("a block beside the expected one", () => {
  test("matches, lacks and adds", () => {
    const { txids, ...mined } = blockOf(4);
    const [first = "", second = "", third = "", fourth = ""] = txids;
    const told = compareWithExpected(mined, expecting([third, unseen(1), first, unseen(2), second]), sha256);
    expect(told).toEqual({
      snapshotTime: TIME - 20,
      secondsBefore: 20,
      expected: 5,
      mined: 4,
      matched: 3,
      missing: 2,
      missingTxids: [unseen(1), unseen(2)],
      added: 1,
      addedTxids: [fourth],
      expectedFee: 4_321,
      minedFee: 1 + 2 + 3 + 4,
      matchRate: 0.6,
    });
  });

  test("without spent outputs has no fee, and of nothing expected no rate", () => {
    const { block, txids } = blockOf(1);
    const told = compareWithExpected({ block, spent: undefined }, expecting([]), sha256);
    expect(told).toMatchObject({ expected: 0, mined: 1, added: 1, addedTxids: txids, minedFee: null, matchRate: null });
  });

  test("that holds its coinbase alone matches nothing, and the coinbase is not added", () => {
    const { txids: _, ...mined } = blockOf(0);
    const told = compareWithExpected(mined, expecting([unseen(1)]), sha256);
    expect(told).toMatchObject({ mined: 0, matched: 0, missing: 1, added: 0, minedFee: 0, matchRate: 0 });
  });

  test("whose miner's clock is behind has a time before the snapshot", () => {
    const { txids: _, ...mined } = blockOf(0);
    expect(compareWithExpected(mined, expecting([], TIME + 90), sha256)).toMatchObject({ secondsBefore: -90 });
  });

  test("adds up for any part of it and any number of others, and names no more than it may", () => {
    const { txids, ...mined } = blockOf(130);
    const parts = fc.record({ some: fc.subarray(txids), others: fc.integer({ min: 0, max: 130 }) });
    fc.assert(
      fc.property(parts, ({ some, others }) => {
        const unknown = Array.from({ length: others }, (_, number) => unseen(number));
        const told = compareWithExpected(mined, expecting([...unknown, ...some]), sha256);
        expect(told).toMatchObject({ matched: some.length, missing: others, added: txids.length - some.length });
        expect(told.missingTxids).toEqual(unknown.slice(0, NAMED_TXIDS));
        expect(told.addedTxids).toEqual(txids.filter((txid) => !some.includes(txid)).slice(0, NAMED_TXIDS));
      }),
      { numRuns: 30 },
    );
  });
});
