import type { Insertable } from "kysely";
import type { BlockHash, Txid } from "#bitcoin";
import type { BlockExpectation } from "#features";
import type { BlockToSave } from "../blocks/block-rows.ts";
import { byteaOf, bytesOf } from "../database/hash-column.ts";
import type { Database, Tables } from "../database/schema.ts";

/** No row where nothing was expected. */
export function expectationRows({ header, expectation }: BlockToSave): Insertable<Tables["block_expectations"]>[] {
  if (expectation === undefined) return [];
  const { snapshotTime, secondsBefore, expectedFee, minedFee, matchRate, missingTxids, addedTxids, ...counts } =
    expectation;
  return [
    {
      ...counts,
      blockhash: byteaOf(header.hash),
      snapshot_time: snapshotTime,
      seconds_before: secondsBefore,
      missing_txids: missingTxids.map(byteaOf),
      added_txids: addedTxids.map(byteaOf),
      expected_fee: expectedFee,
      mined_fee: minedFee,
      match_rate: matchRate,
    },
  ];
}

/** How the block compares with the expected one; `undefined` where nothing was seen before it. */
export async function getExpectation(db: Database, hash: BlockHash): Promise<BlockExpectation | undefined> {
  const row = await db
    .selectFrom("block_expectations")
    .selectAll()
    .where("blockhash", "=", bytesOf(hash))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    snapshotTime: row.snapshot_time,
    secondsBefore: row.seconds_before,
    expected: row.expected,
    mined: row.mined,
    matched: row.matched,
    missing: row.missing,
    missingTxids: row.missing_txids.map(txidOfColumn),
    added: row.added,
    addedTxids: row.added_txids.map(txidOfColumn),
    expectedFee: row.expected_fee,
    minedFee: row.mined_fee,
    matchRate: row.match_rate,
  };
}

function txidOfColumn(bytes: Buffer): Txid {
  return bytes.toString("hex") as Txid;
}
