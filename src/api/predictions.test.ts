import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ForecastList, forecastList, type Scorecard, scorecard } from "#contract";
import { createLogger } from "#lib";
import { claimChain, type IngestState, type ResolvedPrediction, saveBlocks, writeHeartbeat } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
let api: RunningApi;

type Prediction = ResolvedPrediction["prediction"];

beforeAll(async () => {
  const logger = createLogger(undefined, "silent");
  const webRoot = mkdtempSync(join(tmpdir(), "utxoiq-web-"));
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot });
});

afterAll(() => api.stop());

async function get(path: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(`${api.url}${path}`);
  return { status: response.status, body: await response.json() };
}

async function forecasts(): Promise<ForecastList> {
  return forecastList.parse((await get("/api/v1/forecasts")).body);
}

async function score(query = ""): Promise<Scorecard> {
  return scorecard.parse((await get(`/api/v1/scorecard${query}`)).body);
}

const STATE: IngestState = {
  source: "simnet:1",
  sourceKind: "chain",
  sourceDescription: "simulated network",
  sourceHealth: { state: "healthy", reason: null },
  mempool: null,
  model: null,
  missingForecasts: [],
  quiet: [],
  chainTime: 2_000_000_000,
  tipHeight: 3,
  backfill: null,
};

let number = 0;

function predict(height: number, said: Pick<Prediction, "kind" | "subject" | "dueHeight" | "statement">): Prediction {
  const { hash, time } = storedBlock(height).header;
  number += 1;
  const id = number.toString(16).padStart(32, "0");
  return { id, height, blockHash: hash, time, live: true, calibration: null, ...said };
}

function fees(height: number, subject: string, dueHeight: number): Prediction {
  const intervals = [{ level: 0.8, low: 2, high: 8 }];
  const words = { unit: "sat/vB", rule: "Made up.", scale: "octaves", base: null } as const;
  return predict(height, {
    kind: "fee-rate",
    subject,
    dueHeight,
    statement: { type: "value", median: 4, intervals, ...words },
  });
}

function claim(height: number, probability: number | null): Prediction {
  const [signal] = storedBlock(height).signals;
  if (signal === undefined) throw new Error("a stored block has signals");
  const statement = { type: "claim", text: "It holds.", probability, score: 1, signal } as const;
  return predict(height, { kind: "large-transfer", subject: null, dueHeight: height + 9, statement });
}

/** Scored by hand: the interval is two doublings wide. */
function seen(prediction: Prediction, value: number) {
  const covered = value <= 8;
  const interval = { level: 0.8, covered, width: 2, winkler: covered ? 2 : 12 };
  return { prediction, outcome: { type: "value", value }, score: { brier: null, intervals: [interval] } } as const;
}

function came(prediction: Prediction, truth: boolean, brier: number | null) {
  return { prediction, outcome: { type: "claim", came: truth }, score: { brier, intervals: [] } } as const;
}

test("before anything is said there is nothing, and it is said", async () => {
  expect(await forecasts()).toEqual({ height: null, forecasts: [], missing: [] });
  expect(await score()).toEqual({ head: null, kinds: [], resolved: [], nextPageToken: null, nextPageUrl: null });
});

test("forecasts that stand are given with their intervals, and what is missing with its reason", async () => {
  const [hit, miss, stale, standing] = [
    fees(0, "the next block", 1),
    fees(0, "within 3 blocks", 1),
    fees(0, "within 144 blocks", 144),
    fees(1, "within 3 blocks", 4),
  ];
  const [yes, no, silent] = [claim(0, 0.75), claim(0, 0.25), claim(0, null)];
  const resolved = [
    seen(hit, 4),
    seen(miss, 16),
    came(yes, true, 0.0625),
    came(no, false, 0.0625),
    came(silent, false, null),
  ];
  await saveBlocks(db, [
    { ...storedBlock(0), predictions: { resolved: [], made: [hit, miss, stale, yes, no, silent] } },
    { ...storedBlock(1), predictions: { resolved, made: [standing] } },
  ]);
  const missing = [{ kind: "fee-rate", subject: "within 144 blocks", reason: "Insufficient history." }] as const;
  await writeHeartbeat(db, "ingest", { ...STATE, missingForecasts: missing });
  const list = await forecasts();
  expect(list.height).toBe(1);
  expect(list.missing).toEqual(missing);
  expect(list.forecasts).toEqual([
    {
      id: standing.id,
      kind: "fee-rate",
      subject: "within 3 blocks",
      height: 1,
      blockHash: standing.blockHash,
      madeAt: new Date(standing.time * 1_000).toISOString(),
      dueHeight: 4,
      live: true,
      calibration: null,
      unit: "sat/vB",
      rule: "Made up.",
      median: 4,
      intervals: [{ level: 0.8, low: 2, high: 8 }],
    },
  ]);
});

test("the scorecard counts and scores hits and misses alike", async () => {
  const { head, kinds, resolved } = await score();
  expect(head?.seq).toBe(12);
  expect(kinds.find(({ subject }) => subject === "within 3 blocks")).toMatchObject({
    made: 2,
    open: 1,
    decided: 1,
    claims: null,
    intervals: [{ level: 0.8, n: 1, coverage: 0 }],
  });
  expect(kinds.find(({ kind }) => kind === "large-transfer")?.claims).toMatchObject({
    cameTrue: 1,
    withProbability: 2,
    brier: 0.0625,
    skill: 0.75,
    calibrationError: 0.25,
  });
  expect(resolved.map(({ outcome }) => outcome)).toEqual([
    { type: "claim", came: false },
    { type: "claim", came: false },
    { type: "claim", came: true },
    { type: "value", value: 16 },
    { type: "value", value: 4 },
  ]);
  expect(resolved.map(({ brier }) => brier)).toEqual([null, 0.0625, 0.0625, null, null]);
});

test("what is resolved comes page by page, of one kind where it is asked for", async () => {
  const whole = await score("?kind=fee-rate");
  expect(whole.resolved).toHaveLength(2);
  const first = await score("?pageSize=1&kind=fee-rate");
  expect(first.nextPageUrl).toContain("kind=fee-rate");
  const second = scorecard.parse((await get(first.nextPageUrl ?? "")).body);
  expect([...first.resolved, ...second.resolved]).toEqual(whole.resolved);
  expect(second.nextPageToken).toBeNull();
});

test.each(["?pageSize=0", "?pageToken=nonsense", "?kind=weather", "?kinds=fee-rate"])(
  "%s is refused",
  async (query) => {
    expect(await get(`/api/v1/scorecard${query}`)).toMatchObject({ status: 400, body: { code: "API_BAD_REQUEST" } });
  },
);

test("scores are those of now, whatever was entered since they were read", async () => {
  const before = await score();
  await saveBlocks(db, [{ ...storedBlock(2), predictions: { resolved: [], made: [claim(2, null)] } }]);
  const after = await score();
  expect(after.head?.seq).toBe(13);
  const madeOf = ({ kinds }: Scorecard) => kinds.find(({ kind }) => kind === "large-transfer")?.made;
  expect([madeOf(before), madeOf(after)]).toEqual([3, 4]);
});
