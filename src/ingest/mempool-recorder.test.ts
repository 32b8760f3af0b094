import { beforeEach, describe, expect, test } from "vitest";
import { type BlockHash, bytesFromDisplayHex, type MempoolSnapshot, scanBlock, txidOf } from "#bitcoin";
import type { ChainBlock } from "#chain";
import { createLogger, sha256 } from "#lib";
import type { Database } from "#store";
import { extend } from "../../test/fixtures/small-chain.ts";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { storedSnapshot } from "../../test/helpers/stored-snapshot.ts";
import { MempoolRecorder } from "./mempool-recorder.ts";

const CHAIN = extend([], 6, "main");
const START = 1_700_000_000;
const logger = createLogger(undefined, "silent");

function block(height: number): ChainBlock & { readonly parent: BlockHash } {
  const [parent, found] = [CHAIN[height - 1], CHAIN[height]];
  if (parent === undefined || found === undefined) return expect.fail(`no block ${height}`);
  return { ...found, parent: parent.hash };
}

/** What waits so many seconds after the start on a block of the chain, none of which is mined. */
function seen(second: number, height: number, changes: Partial<MempoolSnapshot> = {}): MempoolSnapshot {
  return storedSnapshot(START + second, block(height).hash, changes);
}

/** All transactions of a block but its coinbase. */
function txidsOf({ bytes }: ChainBlock): Uint8Array {
  const txids: number[] = [];
  scanBlock(bytes, undefined, {
    transaction: (tx) => {
      if (tx.index > 0) txids.push(...bytesFromDisplayHex(txidOf(bytes, tx, sha256)));
    },
  });
  return Uint8Array.from(txids);
}

describe("what waits", () => {
  let db: Database;
  let recorder: MempoolRecorder;
  beforeEach(async () => {
    ({ db } = await openTestDatabase());
    recorder = await MempoolRecorder.open({ db, retentionDays: 30, logger });
  });

  const takeAll = async (...snapshots: readonly MempoolSnapshot[]): Promise<void> => {
    for (const snapshot of snapshots) await recorder.take(snapshot);
  };
  const storedSeconds = async (): Promise<number[]> => {
    const rows = await db.selectFrom("mempool_snapshots").select("time").orderBy("time").execute();
    return rows.map(({ time }) => time - START);
  };
  const compare = (height: number) => recorder.compare(block(height), block(height).parent);

  test("is stored each half minute, beginning with what is certain", async () => {
    for (let second = 0; second <= 120; second += 5) await recorder.take(seen(second, 1));
    expect(await storedSeconds()).toEqual([5, 35, 65, 95]);
  });

  test("tells what came since it was stored last, ranges that are empty again included", async () => {
    const waits = (from: number, inflowWeight: number | null) => ({ from, weight: 9, count: 1, inflowWeight });
    const at = (second: number, ...histogram: ReturnType<typeof waits>[]) => seen(second, 1, { histogram });
    await takeAll(at(0, waits(4, null)), at(5, waits(4, 1)), at(10, waits(4, 2), waits(2, 7)), at(20, waits(4, 3)));
    await takeAll(at(35, waits(4, 4)), at(40, waits(4, 100)));
    const rows = await db.selectFrom("mempool_snapshots").select(["time", "histogram"]).orderBy("time").execute();
    expect(rows.map(({ time, histogram }) => [time - START, histogram])).toEqual([
      [5, [waits(4, null)]],
      [35, [{ from: 2, weight: 0, count: 0, inflowWeight: 7 }, waits(4, 9)]],
    ]);
  });

  test("is stored a last time before a block, a first time after it, and not between where the tip is unsure", async () => {
    for (let second = 0; second <= 50; second += 5) await recorder.take(seen(second, 1));
    for (let second = 55; second <= 70; second += 5) await recorder.take(seen(second, 2));
    // 50 and 55 are beside another tip: one of them may hold what the block holds.
    expect(await storedSeconds()).toEqual([5, 35, 45, 60]);
  });

  test("is stored where the source does not tell the tip", async () => {
    for (let second = 0; second <= 40; second += 5) await recorder.take({ ...seen(second, 1), tip: null });
    expect(await storedSeconds()).toEqual([5, 35]);
    expect(await compare(2)).toBeUndefined();
  });

  test("goes on being stored after the clock was set back", async () => {
    await takeAll(...[1_000, 1_005, 1_010, 0, 5, 10].map((second) => seen(second, 1)));
    expect(await storedSeconds()).toEqual([0, 1_005]);
  });

  test("is what a block is compared with: the last certain moment on its parent, stored for it", async () => {
    const nextBlockTxids = txidsOf(block(3));
    await takeAll(...[0, 5, 10, 15].map((second) => seen(second, 2, { nextBlockTxids })));
    const told = await compare(3);
    const count = nextBlockTxids.length / 32;
    expect(count).toBe(2);
    const { totalFee } = seen(10, 2);
    expect(told).toMatchObject({ snapshotTime: START + 10, matched: count, missing: 0, added: 0, matchRate: 1 });
    expect(told).toMatchObject({ expectedFee: totalFee, secondsBefore: 3 * 600 - 10 });
    expect(await storedSeconds()).toEqual([5, 10]);
    // Nothing was seen on another parent.
    expect(await compare(4)).toBeUndefined();
    expect(await compare(2)).toBeUndefined();
  });

  test("says nothing of a block that came before three looks on its parent", async () => {
    await takeAll(seen(0, 2), seen(5, 2));
    expect(await compare(3)).toBeUndefined();
    expect(await storedSeconds()).toEqual([]);
  });

  test("is remembered while a block is read long after it came, also through a restart", async () => {
    for (const height of [1, 2, 3, 4]) {
      await takeAll(...[0, 5, 10].map((second) => seen(height * 100 + second, height)));
    }
    const times = async (): Promise<unknown[]> => {
      const told = await Promise.all([2, 3, 4, 5].map(compare));
      return told.map((expectation) => expectation && expectation.snapshotTime - START);
    };
    expect(await times()).toEqual([undefined, 205, 305, 405]);
    recorder = await MempoolRecorder.open({ db, retentionDays: 30, logger });
    expect(await times()).toEqual([undefined, 205, 305, 405]);
  });

  test("of a source that tells no transactions is stored, and no block compared with it", async () => {
    await takeAll(...[0, 5, 10].map((second) => seen(second, 2, { nextBlockTxids: null })));
    expect(await storedSeconds()).toEqual([5]);
    expect(await compare(3)).toBeUndefined();
  });

  test("that cannot be stored is not compared with, and does not end the watching", async () => {
    const torn = { nextBlockTxids: new Uint8Array(33) };
    await takeAll(...[0, 5, 10].map((second) => seen(second, 2, torn)));
    expect(await compare(3)).toBeUndefined();
    await takeAll(...[15, 20, 25].map((second) => seen(second, 2)));
    expect(await compare(3)).toMatchObject({ snapshotTime: START + 20 });
  });
});
