import { expect, test } from "vitest";
import type { Txid } from "#bitcoin";
import type { BlockExpectation } from "#features";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { hashOf, storedBlock } from "../../../test/helpers/stored-blocks.ts";
import { saveBlocks } from "../blocks/save-blocks.ts";
import { getExpectation } from "./block-expectations.ts";

const txid = (text: string): Txid => hashOf(text) as string as Txid;

const EXPECTATION: BlockExpectation = {
  snapshotTime: 1_700_000_600,
  secondsBefore: -3,
  expected: 3,
  mined: 4,
  matched: 1,
  missing: 2,
  missingTxids: [txid("one"), txid("two")],
  added: 3,
  addedTxids: [],
  expectedFee: 2_100_000_000_000_000,
  minedFee: 5,
  matchRate: 1 / 3,
};

test("a block's expectation is stored with it, reads as it was, and goes with it in a reorg", async () => {
  const { db } = await openTestDatabase();
  const [first, second] = [storedBlock(0), storedBlock(1)];
  await saveBlocks(db, [first, { ...second, expectation: EXPECTATION }]);
  expect(await getExpectation(db, second.header.hash)).toEqual(EXPECTATION);
  expect(await getExpectation(db, first.header.hash)).toBeUndefined();

  const rival = storedBlock(1, { branch: "rival", parent: "main" });
  const unknown = { ...EXPECTATION, minedFee: null, matchRate: null, expected: 0, matched: 0, missing: 0, added: 4 };
  await saveBlocks(db, [{ ...rival, expectation: unknown }], [second.header]);
  expect(await getExpectation(db, second.header.hash)).toBeUndefined();
  expect(await getExpectation(db, rival.header.hash)).toEqual(unknown);
});

test("one that does not add up is refused with its block", async () => {
  const { db } = await openTestDatabase();
  const wrong = { ...storedBlock(0), expectation: { ...EXPECTATION, missing: 1 } };
  await expect(saveBlocks(db, [wrong])).rejects.toThrow("block_expectations");
  expect(await db.selectFrom("block_headers").select("hash").execute()).toEqual([]);
});
