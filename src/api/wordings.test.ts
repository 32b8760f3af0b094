import { afterAll, beforeAll, expect, test } from "vitest";
import { insight, monitoringStatus } from "#contract";
import { createLogger } from "#lib";
import { claimChain, findInsight, type IngestState, listEvents, saveBlocks, wordings, writeHeartbeat } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";
import { measureStatus } from "./measure-status.ts";
import { presentEvent } from "./present.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
const logger = createLogger(undefined, "silent");
const BUDGET = { requestsPerDay: 1, tokensPerDay: 1_000 };
const STATE: IngestState = {
  source: "simnet:1",
  sourceKind: "chain",
  sourceDescription: "simulated network",
  sourceHealth: { state: "healthy", reason: null },
  mempool: null,
  model: { name: "compatible:made-up", ...BUDGET },
  missingForecasts: [],
  quiet: [],
  chainTime: 2_000_000_000,
  tipHeight: 2,
  backfill: null,
};

const blocks = [storedBlock(1), storedBlock(2)];
const [worded, other] = blocks.flatMap(({ insights }) => insights);
if (worded === undefined || other === undefined) throw new Error("the blocks have no insights");
let api: RunningApi;

beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, blocks);
  const asking = { model: "compatible:made-up", budget: BUDGET };
  const request = await wordings.openWordingRequest(db, { ...worded, ...asking });
  await wordings.openWordingRequest(db, { ...other, ...asking });
  await wordings.saveWording(db, {
    requestId: request?.id ?? 0,
    insight: worded,
    wording: { model: "compatible:made-up", headline: "A headline", summary: "A summary." },
    tokens: 350,
  });
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: import.meta.dirname });
});

afterAll(() => api.stop());

const get = async (path: string): Promise<unknown> => (await fetch(`${api.url}${path}`)).json();

test("an insight has a model's text with the template's beside it, and says whose it is", async () => {
  const template = { headline: worded.headline, summary: worded.summary };
  expect(insight.parse(await get(`/api/v1/insights/${worded.id}`))).toMatchObject({
    headline: "A headline",
    summary: "A summary.",
    wording: { model: "compatible:made-up", template },
  });
  expect(insight.parse(await get(`/api/v1/insights/${other.id}`))).toMatchObject({
    headline: other.headline,
    wording: null,
  });
  const texts = (await listEvents(db, { after: 0, limit: 20 }))
    .map(presentEvent)
    .flatMap(({ type, data }) => ("id" in data && data.id === worded.id ? [[type, data.headline]] : []));
  expect(texts).toEqual([
    ["insight.published", worded.headline],
    ["insight.updated", "A headline"],
  ]);
  // What is stored of the insight itself has not changed.
  expect(await findInsight(db, worded.id)).toMatchObject(template);
});

test("the status counts what a model was asked, and has nothing of it where none is configured", async () => {
  await writeHeartbeat(db, "ingest", STATE);
  const status = monitoringStatus.parse(await get("/api/v1/monitoring/status"));
  expect(status.languageModel).toEqual({
    name: "compatible:made-up",
    today: { requests: 1, requestsPerDay: 1, tokens: 350, tokensPerDay: 1_000 },
    total: { asked: 1, accepted: 1, refused: 0, failed: 0, timedOut: 0, tooLate: 0, overBudget: 1 },
    reasons: [],
  });
  await writeHeartbeat(db, "ingest", { ...STATE, model: null });
  // Not through the API, which measures once a second.
  expect(
    (
      await measureStatus({
        db,
        streamClients: () => 0,
        measureApi: () => ({ answerMs: null, waitMs: 0 }),
        readDisk: async () => undefined,
      })
    ).languageModel,
  ).toBeNull();
});
