import { describe, expect, test } from "vitest";
import { type MempoolSnapshot, NETWORKS } from "#bitcoin";
import { createLogger } from "#lib";
import { calibrate, type Resolution, type Signal } from "#signals";
import { type Database, listCurrentForecasts, saveBlocks, saveMempoolSnapshot } from "#store";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { storedBlock } from "../../../test/helpers/stored-blocks.ts";
import { OwnOutcomes } from "./own-outcomes.ts";
import { Predictions } from "./predictions.ts";

const logger = createLogger(undefined, "silent");
const watchMempool = async function* () {};

function snapshot(height: number, time: number): MempoolSnapshot {
  const histogram = [{ from: 4, weight: 6e6 + 1e6 * Math.sin(time / 5_000), count: 9, inflowWeight: 4e5 }];
  const projectedBlocks = [{ weight: 4e6, count: 9, totalFee: 1, feeRates: [4, 4, 4, 4, 4, 4, 4] }];
  const tip = { height, hash: storedBlock(height).header.hash };
  return {
    time,
    tip,
    histogram,
    projectedBlocks,
    count: 9,
    weight: 6e6,
    totalFee: 1,
    minFeeRate: 1,
    nextBlockTxids: null,
  };
}

type Following = { readonly heights: readonly number[]; readonly isStored?: boolean };

async function follow(db: Database, predictions: Predictions, following: Following): Promise<void> {
  const { heights, isStored = false } = following;
  for (const height of heights) {
    const block = { ...storedBlock(height), lowRate: 4 };
    const said = predictions.take(block, block.insights, true);
    const whole = { ...block, predictions: said };
    await saveBlocks(db, [whole]);
    predictions.stored([whole]);
    const { time } = block.header;
    for (const look of [1, 2, 3, 4]) {
      const seen = snapshot(height, time + look * 120);
      await predictions.look(seen);
      if (isStored) await saveMempoolSnapshot(db, seen, 30);
    }
  }
}

const upTo = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe("fees, while a chain is followed", () => {
  test("are forecast and entered on each tip, and decided by the blocks that follow, across a restart", async () => {
    const { db } = await openTestDatabase();
    const source = { network: NETWORKS.simnet, chainId: "simnet:7", watchMempool };
    const predictions = await Predictions.open({ db, source, logger });
    await follow(db, predictions, { heights: upTo(0, 60) });
    const current = await listCurrentForecasts(db);
    expect(current.map(({ kind, subject, height }) => [kind, subject, height])).toContainEqual([
      "fee-rate",
      "the next block",
      60,
    ]);
    const next = current.find(({ subject }) => subject === "the next block");
    const again = await Predictions.open({ db, source, logger });
    expect(again.book.needsLowRate(61)).toBe(true);
    const block = { ...storedBlock(61), lowRate: 4 };
    const { resolved } = again.take(block, block.insights, true);
    expect(resolved.map(({ prediction, outcome }) => [prediction.id, outcome])).toContainEqual([
      next?.id,
      { type: "value", value: 4 },
    ]);
    // No snapshot was stored, so what was learnt is gone with the process, and that is said.
    expect(again.missing().filter(({ kind }) => kind === "fee-rate")).toHaveLength(4);
  });

  test("after a restart go on from the snapshots and blocks that were stored", async () => {
    const { db } = await openTestDatabase();
    const source = { network: NETWORKS.simnet, chainId: "simnet:7", watchMempool };
    await follow(db, await Predictions.open({ db, source, logger }), { heights: upTo(0, 60), isStored: true });
    const entries = await listCurrentForecasts(db);
    const again = await Predictions.open({ db, source, logger });
    const missing = (): unknown =>
      again.missing().flatMap(({ kind, subject }) => (kind === "fee-rate" ? [subject] : []));
    expect(missing()).toEqual(["within 3 blocks", "within 6 blocks", "within 144 blocks"]);
    // On the newest tip it was told before, and is not told again.
    const { time } = storedBlock(60).header;
    for (const look of [5, 6]) await again.look(snapshot(60, time + look * 90));
    expect(await listCurrentForecasts(db)).toEqual(entries);
    await follow(db, again, { heights: [61] });
    const current = await listCurrentForecasts(db);
    expect(current).toContainEqual(expect.objectContaining({ subject: "the next block", height: 61 }));
  });

  test("where the source does not tell what waits, nothing is forecast and it is said", async () => {
    const { db } = await openTestDatabase();
    const predictions = await Predictions.open({
      db,
      source: { network: NETWORKS.regtest, chainId: "regtest" },
      logger,
    });
    await follow(db, predictions, { heights: upTo(0, 3) });
    expect(await listCurrentForecasts(db)).toEqual([]);
    expect(predictions.missing().map(({ kind }) => kind)).toEqual([
      "fee-rate",
      "next-difficulty",
      "next-halving",
      "exchange-pressure",
      "exchange-pressure",
    ]);
  });
});

test("a simulated chain of another density than the table's learns from its own outcomes, as a real one does", async () => {
  const { db } = await openTestDatabase();
  const calibrationOf = async (chainId: string, network = NETWORKS.simnet): Promise<unknown> =>
    (await Predictions.open({ db, source: { network, chainId }, logger })).book.calibration;
  expect(await calibrationOf("simnet:7:0f")).toBeUndefined();
  expect(await calibrationOf("simnet:7:realistic:0f")).toEqual({});
  expect(await calibrationOf("0f", NETWORKS.mainnet)).toEqual({});
});

test("what came of a network's own claims is learnt kind by kind, and names the network", () => {
  const own = new OwnOutcomes("regtest", [{ kind: "fee-spike", score: 1, probability: null, came: true }]);
  expect(own.calibration["fee-spike"]).toMatchObject({ count: 1, version: "regtest, its first 1 outcomes" });
  const resolution = (score: number, came: boolean): Resolution => ({
    prediction: {
      id: "00",
      kind: "dormancy",
      subject: null,
      height: 1,
      blockHash: storedBlock(1).header.hash,
      time: 1,
      dueHeight: 2,
      live: true,
      calibration: null,
      statement: { type: "claim", text: "", probability: null, score, signal: {} as Signal },
    },
    outcome: { type: "claim", came },
    score: { brier: null, intervals: [] },
  });
  for (let times = 0; times < 20; times += 1) {
    own.add(resolution(1, false));
    own.add(resolution(2, true));
  }
  const map = own.calibration.dormancy;
  expect(map?.count).toBe(40);
  expect(map && calibrate(map, 1)).toBeCloseTo(1 / 22);
  expect(map && calibrate(map, 2)).toBeCloseTo(21 / 22);
});
