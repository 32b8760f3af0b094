import { describe, expect, test } from "vitest";
import { type BlockHash, difficultyOf, type MempoolSnapshot } from "#bitcoin";
import type { BlockFeatures } from "#features";
import { FeeForecaster } from "./fee-forecasts.ts";
import { PeriodForecasts, periodStarts } from "./period-forecasts.ts";
import type { DecidingRow, Prediction, ValueStatement } from "./prediction.ts";
import { PressureForecasts } from "./pressure-forecasts.ts";
import { resolvePrediction } from "./resolve-prediction.ts";
import { scoreOutcome } from "./score-outcome.ts";

const BITS = 0x1d00_ffff;
const NETWORK = { retarget: "regular", powLimitBits: BITS, halvingInterval: 210_000 } as const;

function hashOf(height: number): BlockHash {
  return height.toString(16).padStart(64, "0") as BlockHash;
}

type Block = {
  readonly lowRate?: number | null;
  readonly time?: number;
  readonly inflow?: number;
  readonly outflow?: number;
};

function row(height: number, { lowRate, time = height * 600, inflow = 0, outflow = 0 }: Block = {}): DecidingRow {
  const features: Partial<BlockFeatures> = { height, time, difficulty: 3, blockhash: hashOf(height) };
  const entity = { actor: "Example", kind: "exchange" } as const;
  const flows = { entities: [{ entity, inflow, outflow }] } as unknown as DecidingRow["flows"];
  return { features: features as BlockFeatures, transfers: [], flows, lowRate };
}

function rows(from: number, blocks: readonly Block[]): DecidingRow[] {
  return blocks.map((block, place) => row(from + place, block));
}

const STATEMENT: ValueStatement = {
  type: "value",
  unit: "sat/vB",
  rule: "Made up.",
  median: 4,
  intervals: [{ level: 0.8, low: 2, high: 8 }],
  scale: "octaves",
  base: null,
};

function prediction(kind: Prediction["kind"], said: Partial<Prediction> = {}): Prediction {
  const place = { height: 100, blockHash: hashOf(100), time: 60_000, dueHeight: 103, live: true };
  return { id: "00", kind, subject: null, calibration: null, statement: STATEMENT, ...place, ...said };
}

describe("blocks decide", () => {
  test("a fee rate by the least that got into one of them, when the last has come", () => {
    const fees = prediction("fee-rate");
    const blocks = rows(99, [{ lowRate: 1 }, { lowRate: 1 }, { lowRate: 5 }, { lowRate: null }, { lowRate: 3 }]);
    expect(resolvePrediction(fees, [])).toBeUndefined();
    expect(resolvePrediction(fees, blocks.slice(0, 4))).toBeUndefined();
    expect(resolvePrediction(fees, blocks)).toEqual({ type: "value", value: 3 });
    expect(resolvePrediction(fees, [...blocks, row(104, { lowRate: 0.1 })])).toEqual({ type: "value", value: 3 });
  });

  test("nothing where one of them was not looked at, or is not at hand, or all were empty", () => {
    const fees = prediction("fee-rate");
    const seen = (blocks: readonly Block[], from = 101): unknown => resolvePrediction(fees, rows(from, blocks));
    const notLooked = { type: "unknown", reason: expect.stringContaining("looked at") };
    expect(seen([{ lowRate: 1 }, {}, { lowRate: 1 }])).toEqual(notLooked);
    expect(seen([{ lowRate: 1 }, { lowRate: 1 }], 102)).toEqual(notLooked);
    expect(seen([{ lowRate: null }, { lowRate: null }, { lowRate: 0 }])).toMatchObject({ type: "unknown" });
  });

  test("difficulty and halving by one block, whatever lay between", () => {
    const due = [row(103, { time: 777 })];
    const difficulty = prediction("next-difficulty", { statement: { ...STATEMENT, base: 2 } });
    expect(resolvePrediction(difficulty, due)).toEqual({ type: "value", value: 0.5 });
    expect(resolvePrediction(prediction("next-halving"), due)).toEqual({ type: "value", value: 777 });
    expect(resolvePrediction(prediction("next-halving"), [row(102)])).toBeUndefined();
  });

  test("pressure by all that one exchange, or all of them, got and gave", () => {
    const blocks = rows(101, [{ inflow: 3 }, {}, { outflow: 1 }]);
    expect(resolvePrediction(prediction("exchange-pressure"), blocks)).toEqual({ type: "value", value: 0.5 });
    const another = prediction("exchange-pressure", { subject: "Another" });
    expect(resolvePrediction(another, blocks)).toEqual({ type: "value", value: 0 });
  });
});

describe("scores", () => {
  test("of an interval on the scale of the statement, ends included", () => {
    const score = (value: number, scale: ValueStatement["scale"]) =>
      scoreOutcome({ statement: { ...STATEMENT, scale } }, { type: "value", value }).intervals[0];
    expect(score(8, "octaves")).toEqual({ level: 0.8, covered: true, width: 2, winkler: 2 });
    expect(score(1, "octaves")).toEqual({ level: 0.8, covered: false, width: 2, winkler: expect.closeTo(12) });
    expect(score(9, "linear")).toEqual({ level: 0.8, covered: false, width: 6, winkler: expect.closeTo(16) });
  });

  test("none of what is not known, and of a claim without probability", () => {
    const nothing = { brier: null, intervals: [] };
    expect(scoreOutcome({ statement: STATEMENT }, { type: "unknown", reason: "" })).toEqual(nothing);
    const statement = { type: "claim", text: "", probability: null, score: 1, signal: {} as never } as const;
    expect(scoreOutcome({ statement }, { type: "claim", came: true })).toEqual(nothing);
    expect(scoreOutcome({ statement: { ...statement, probability: 0.5 } }, { type: "claim", came: true }).brier).toBe(
      0.25,
    );
  });
});

describe("difficulty periods", () => {
  const header = (height: number) => ({ height, time: height * 500, bits: BITS });

  test("difficulty is forecast each 144 blocks once the period's first block is known, a halving with each period", () => {
    const periods = new PeriodForecasts(NETWORK, []);
    const heights = Array.from({ length: 4_400 }, (_, index) => 1_000 + index);
    const made = heights.flatMap((height) => periods.take(header(height)).map((draft) => ({ height, ...draft })));
    const difficulty = made.filter(({ kind }) => kind === "next-difficulty");
    expect(difficulty.map(({ height }) => height)).toEqual(
      heights.filter((height) => height >= 2_016 && height % 144 === 0),
    );
    expect(difficulty[0]).toMatchObject({ dueHeight: 4_032, statement: { base: difficultyOf(BITS) } });
    // Blocks come in 500 s instead of 600 s, and the limit keeps it from getting easier.
    expect(difficulty.at(13)?.statement.median).toBeCloseTo(600 / 500 - 1, 1);
    const halvings = made.filter(({ kind }) => kind === "next-halving");
    expect(halvings.map(({ height, dueHeight }) => [height, dueHeight])).toEqual([
      [2_016, 210_000],
      [4_032, 210_000],
    ]);
    // One whole period is known by then: it went faster.
    expect(halvings[1]?.statement.median).toBeLessThan(halvings[0]?.statement.median ?? 0);
  });

  test("what is known beforehand counts", () => {
    expect(periodStarts(5_000)).toEqual([0, 2_016, 4_032]);
    expect(periodStarts(1_000_000)).toHaveLength(21);
    const periods = new PeriodForecasts(NETWORK, [{ height: 0, time: 0 }]);
    expect(periods.missing(143)).toEqual([]);
    expect(periods.take(header(144))).toHaveLength(1);
  });

  test.each([
    ["never", ["next-difficulty", "next-halving"]],
    ["exceptions", ["next-difficulty"]],
    ["regular", ["next-difficulty"]],
  ] as const)("of a network whose difficulty changes %s, it is said what is not forecast", (retarget, kinds) => {
    const periods = new PeriodForecasts({ ...NETWORK, retarget }, []);
    expect(periods.missing(100).map(({ kind }) => kind)).toEqual(kinds);
    if (retarget !== "regular")
      expect(periods.take(header(4_032)).map(({ kind }) => kind)).not.toContain("next-difficulty");
  });
});

describe("exchange pressure", () => {
  const flows = (height: number, actors: readonly string[]) => ({
    height,
    entities: actors.map((actor) => ({
      entity: { actor, kind: "exchange" as const },
      inflow: 1e8 * (2 + Math.sin(height / 40)),
      outflow: 2e8,
    })),
  });

  test("of each exchange and of all, once in 36 blocks, from what was seen of it", () => {
    const pressure = new PressureForecasts();
    const made = Array.from({ length: 2_000 }, (_, height) => {
      const drafts = pressure.take(flows(height, height < 1_000 ? ["Early"] : ["Early", "Late"]));
      return drafts.map((draft) => ({ height, ...draft }));
    }).flat();
    const of = (subject: string | null) => made.filter((draft) => draft.subject === subject);
    expect(of("Early").length).toBeGreaterThan(15);
    expect(of("Early").every(({ height, dueHeight }) => height % 36 === 0 && dueHeight === height + 36)).toBe(true);
    expect(of(null).length).toBe(of("Early").length);
    expect(of("Late")).toEqual([]);
    expect(pressure.missing()).toEqual([
      { kind: "exchange-pressure", subject: "Late", reason: expect.stringContaining("Insufficient history") },
    ]);
  });

  test("where no exchange is labelled nothing is told of all of them", () => {
    const pressure = new PressureForecasts();
    for (let height = 0; height < 1_800; height += 1) expect(pressure.take(flows(height, []))).toEqual([]);
    expect(pressure.missing()).toEqual([
      { kind: "exchange-pressure", subject: null, reason: expect.stringContaining("No labelled exchange") },
    ]);
  });
});

describe("fees", () => {
  function snapshot(height: number | null, time: number): MempoolSnapshot {
    const tip = height === null ? null : { height, hash: hashOf(height) };
    const histogram = [{ from: 4, weight: 6e6 + 1e6 * Math.sin(time / 5_000), count: 9, inflowWeight: 4e5 }];
    const projectedBlocks = [{ weight: 4e6, count: 9, totalFee: 1, feeRates: [4, 4, 4, 4, 4, 4, 4] }];
    const rest = { count: 9, weight: 6e6, totalFee: 1, minFeeRate: 1, nextBlockTxids: null };
    return { time, tip, histogram, projectedBlocks, ...rest };
  }

  test("are forecast once on each tip that is the newest block, by the second snapshot on it", () => {
    const forecaster = new FeeForecaster(4e6);
    expect(forecaster.missing().map(({ subject }) => subject)).toEqual([
      "the next block",
      "within 3 blocks",
      "within 6 blocks",
      "within 144 blocks",
    ]);
    expect(forecaster.missing()[0]?.reason).toContain("not been seen");
    let told = 0;
    for (let height = 1; height < 230; height += 1) {
      forecaster.connect({ height, hash: hashOf(height), time: height * 600, lowRate: 4 });
      const looks = [0, 1, 2, 3].map((look) => forecaster.look(snapshot(height, height * 600 + look * 120)));
      expect(looks[0]).toBeUndefined();
      expect(looks[1]).toMatchObject({ tip: { height }, time: height * 600 + 120 });
      expect(looks.slice(2)).toEqual([undefined, undefined]);
      told += looks[1]?.drafts.length ?? 0;
    }
    expect(told).toBeGreaterThan(150);
    expect(forecaster.missing().map(({ subject }) => subject)).toEqual(["within 144 blocks"]);
    forecaster.connect({ height: 230, hash: hashOf(230), time: 230 * 600, lowRate: 4 });
    expect(forecaster.missing().map(({ subject }) => subject)).toContain("the next block");
    forecaster.look(snapshot(230, 230 * 600));
    forecaster.look(snapshot(230, 230 * 600 + 60));
    expect(forecaster.missing()).toEqual([
      { kind: "fee-rate", subject: "within 144 blocks", reason: expect.stringContaining("Insufficient history") },
    ]);
  });

  test("nothing is told on a tip that is not stored yet", () => {
    const forecaster = new FeeForecaster(4e6);
    forecaster.connect({ height: 1, hash: hashOf(1), time: 600, lowRate: 4 });
    for (const look of [1, 2, 3]) expect(forecaster.look(snapshot(2, 1_200 + look))).toBeUndefined();
    forecaster.connect({ height: 2, hash: hashOf(2), time: 1_200, lowRate: 4 });
    expect(forecaster.look(snapshot(2, 1_210))?.tip).toEqual({ height: 2, hash: hashOf(2) });
  });

  test("a source that does not tell its tip is not forecast by", () => {
    const forecaster = new FeeForecaster(4e6);
    forecaster.connect({ height: 1, hash: hashOf(1), time: 600, lowRate: 4 });
    for (let time = 600; time < 1_200; time += 60) expect(forecaster.look(snapshot(null, time))).toBeUndefined();
    expect(forecaster.missing()[0]?.reason).toContain("not been seen");
  });
});
