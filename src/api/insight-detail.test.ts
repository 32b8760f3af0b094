import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insight as insightSchema, insightExplanation, insightList, insightOutcome } from "#contract";
import type { Insight as PresentedInsight } from "#contract";
import type { Claim, Insight } from "#insights";
import { createLogger } from "#lib";
import {
  type BlockToSave,
  claimChain,
  findInsight,
  listEvents,
  type ResolvedPrediction,
  saveBlocks,
  search,
} from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
let api: RunningApi;

beforeAll(async () => {
  const logger = createLogger(undefined, "silent");
  const webRoot = mkdtempSync(join(tmpdir(), "utxoiq-web-"));
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot });
});

afterAll(() => api.stop());

type Prediction = ResolvedPrediction["prediction"];

const CLAIM: Claim = { text: "More follows.", decidedAtHeight: 9, learntFrom: null, outcomes: null };

/** With an insight that claims something, and the prediction that was entered for it. */
function claiming(height: number): BlockToSave & { readonly insights: readonly [Insight]; readonly made: Prediction } {
  const block = storedBlock(height);
  const [insight] = block.insights;
  const [signal] = block.signals;
  if (insight === undefined || signal === undefined) throw new Error("a stored block has an insight of its signal");
  const made: Prediction = {
    id: height.toString(16).padStart(32, "0"),
    kind: signal.kind,
    subject: null,
    height,
    blockHash: block.header.hash,
    time: block.header.time,
    dueHeight: CLAIM.decidedAtHeight,
    live: true,
    calibration: null,
    statement: { type: "claim", text: CLAIM.text, probability: null, score: 0, signal },
  };
  const evidence = { ...insight.evidence, claim: CLAIM };
  return { ...block, insights: [{ ...insight, evidence }], predictions: { resolved: [], made: [made] }, made };
}

async function get(id: string): Promise<PresentedInsight> {
  return insightSchema.parse(await (await fetch(`${api.url}/api/v1/insights/${id}`)).json());
}

async function outcomeOf({ insights: [{ id }] }: { readonly insights: readonly [Insight] }) {
  const { outcome, outcomeHeight } = (await get(id)).evidence.claim ?? {};
  return [outcome, outcomeHeight];
}

async function toldAfter(known: number): Promise<readonly (readonly [string, number, string | null])[]> {
  const events = (await listEvents(db, { after: 0, limit: 1_000 })).slice(known);
  return events.map(({ type, insight }) => [type, insight?.height ?? -1, insight?.statusReason ?? null]);
}

test("a claim is open until blocks decide it, and then it says what they decided, on every branch anew", async () => {
  const blocks = [claiming(0), claiming(1), claiming(2)] as const;
  const [came, failed, untold] = blocks;
  await saveBlocks(db, blocks);
  expect(await outcomeOf(came)).toEqual(["open", null]);
  const resolve = ({ made }: typeof came, outcome: ResolvedPrediction["outcome"]) => ({
    prediction: made,
    outcome,
    score: { brier: null, intervals: [] },
  });
  const deciding = storedBlock(3);
  const resolved = [
    resolve(came, { type: "claim", came: true }),
    resolve(failed, { type: "claim", came: false }),
    resolve(untold, { type: "unknown", reason: "Made up." }),
  ];
  const known = (await toldAfter(0)).length;
  await saveBlocks(db, [{ ...deciding, predictions: { resolved, made: [] } }]);
  const told = (await toldAfter(known)).filter(([type, height]) => type === "insight.updated" && height !== 3);
  expect(told).toEqual([
    ["insight.updated", 0, "By block 3 its claim came true."],
    ["insight.updated", 1, "By block 3 its claim did not come true."],
    ["insight.updated", 2, "Block 3 was to decide its claim, and does not tell."],
  ]);
  expect(await Promise.all(blocks.map(outcomeOf))).toEqual([
    ["true", 3],
    ["false", 3],
    ["unknown", 3],
  ]);
  const list = insightList.parse(await (await fetch(`${api.url}/api/v1/insights`)).json());
  const listed = list.insights.map(({ height, evidence: { claim } }) => [height, claim?.outcome]);
  expect(listed).toEqual([
    [3, undefined],
    [2, "unknown"],
    [1, "false"],
    [0, "true"],
  ]);
  const before = (await toldAfter(0)).length;
  await saveBlocks(db, [], [deciding.header]);
  expect(await outcomeOf(came)).toEqual(["open", null]);
  expect((await toldAfter(before)).filter(([, height]) => height === 0)).toEqual([
    ["insight.updated", 0, "The block that decided its claim left the chain."],
  ]);
});

test("an insight says where it was told, and under which words it is found", async () => {
  const [one] = claiming(1).insights;
  const detail = await get(one.id);
  expect(detail.firstSeen).toMatchObject({ height: 1, blockHash: one.blockHash });
  expect(detail.tags).toEqual(["whale", "large-transfer"]);
});

test("of two transfers in one block each has the outcome of its own claim, and who claims nothing has none", async () => {
  const block = claiming(4);
  const [first] = block.insights;
  const [transfer] = first.evidence.transactions;
  if (transfer === undefined) throw new Error("a large transfer cites its transaction");
  const twin = (id: string, txid: string, claim: Claim | null): Insight => {
    const evidence = { ...first.evidence, claim, transactions: [{ ...transfer, txid: txid as typeof transfer.txid }] };
    return { ...first, id: id.repeat(32), evidence };
  };
  const other = twin("a", "b".repeat(64), CLAIM);
  const silent = twin("c", "d".repeat(64), null);
  await saveBlocks(db, [storedBlock(3), { ...block, insights: [first, other, silent] }]);
  const stateOf = async ({ id }: Insight): Promise<string> => {
    const response = await fetch(`${api.url}/api/v1/insights/${id}/outcome`);
    return insightOutcome.parse(await response.json()).state;
  };
  // Of the other one no claim was entered, so nothing is known of it.
  expect(await Promise.all([first, other, silent].map(stateOf))).toEqual(["open", "none", "none"]);
});

test("its three numbers are told apart, each with what lies behind it, and with what became of claims about as sure", async () => {
  const parties = [{ actor: "Acme", kind: "exchange", certainty: 0.7 } as const];
  const claim = { ...CLAIM, learntFrom: "a table", outcomes: 40, score: 1.5, alike: { count: 8, came: 6 } };
  const sure = (height: number): BlockToSave => {
    const { made, ...block } = claiming(height);
    const [insight] = block.insights;
    const attribution = { certainty: 0.7, parties };
    const evidence = { ...insight.evidence, claim, attribution };
    const statement = { ...made.statement, probability: 0.75 } as Prediction["statement"];
    const insights = [{ ...insight, confidence: 0.75, evidence }];
    return { ...block, insights, predictions: { resolved: [], made: [{ ...made, statement }] } };
  };
  const [last, next] = [sure(5), sure(6)];
  await saveBlocks(db, [last]);
  const explanationOf = async ({ insights }: BlockToSave) => {
    const response = await fetch(`${api.url}/api/v1/insights/${insights[0]?.id}/explanation`);
    return insightExplanation.parse(await response.json());
  };
  const { surprise, attribution, confidence } = await explanationOf(last);
  expect(surprise).toMatchObject({ percentile: null, factors: [{ unit: "sats" }] });
  expect(attribution).toEqual({ certainty: 0.7, parties, labelVersion: 0, labelCoverage: 0.25 });
  const stated = { probability: 0.75, calibration: "a table", outcomes: 40, score: 1.5, alike: claim.alike };
  expect(confidence).toEqual({ ...stated, soFar: { from: 0.7, to: 0.8, count: 0, came: 0 } });
  expect(await get(last.insights[0]?.id ?? "")).toMatchObject({ attributionCertainty: 0.7, confidence: 0.75 });
  const prediction = last.predictions?.made[0];
  if (prediction === undefined) throw new Error("the block makes a prediction");
  const outcome = { type: "claim", came: true } as const;
  const resolved = [{ prediction, outcome, score: { brier: 0.0625, intervals: [] } }];
  await saveBlocks(db, [{ ...next, predictions: { resolved, made: [] } }]);
  expect((await explanationOf(last)).confidence.soFar).toEqual({ from: 0.7, to: 0.8, count: 1, came: 1 });
});

test("what became of a claim is told still when its insight is confirmed later", async () => {
  const { db: own } = await openTestDatabase();
  await claimChain(own, { network: "simnet", chainId: "confirmed", simulated: true });
  const first = claiming(0);
  await saveBlocks(own, [first, storedBlock(1)]);
  const resolved = [
    { prediction: first.made, outcome: { type: "claim", came: true }, score: { brier: null, intervals: [] } } as const,
  ];
  await saveBlocks(own, [{ ...storedBlock(2), predictions: { resolved, made: [] } }]);
  await saveBlocks(own, [storedBlock(3), storedBlock(4), storedBlock(5)]);
  const told = (await listEvents(own, { after: 0, limit: 1_000 })).filter(({ insight }) => insight?.height === 0);
  expect(told.map(({ insight }) => [insight?.status, insight?.statusReason])).toEqual([
    ["preliminary", null],
    ["preliminary", "By block 2 its claim came true."],
    ["confirmed", "By block 2 its claim came true."],
  ]);
});

test("a claim that was told of one payment is found also when a flow has its insight, beside what was claimed of the flow", async () => {
  const { db: own } = await openTestDatabase();
  await claimChain(own, { network: "simnet", chainId: "flow", simulated: true });
  const [first, second] = [claiming(0), storedBlock(1)];
  const [told] = first.insights;
  const place = { height: 1, blockHash: second.header.hash, blockTime: second.header.time };
  const also = ["large-transfer"] as const;
  // The flow cites a larger payment before the one of which was told.
  const [transfer] = told.evidence.transactions;
  if (transfer === undefined) throw new Error("a large transfer cites its transaction");
  const subject = { actor: "Varnost Exchange", kind: "exchange" } as const;
  const transactions = [{ ...transfer, txid: "e".repeat(64) as typeof transfer.txid }, transfer];
  const evidence = { ...told.evidence, also, subject, transactions };
  const flow = { ...told, ...place, kind: "outflow-spike", evidence } as const;
  const { statement } = first.made;
  if (statement.type !== "claim") throw new Error("it claims something");
  const ofFlow: Prediction = {
    ...first.made,
    id: "f".repeat(32),
    kind: "outflow-spike",
    height: 1,
    blockHash: second.header.hash,
    statement: { ...statement, text: "It goes on.", signal: { ...statement.signal, kind: "outflow-spike", subject } },
  };
  const elsewhere: Prediction = {
    ...ofFlow,
    id: "d".repeat(32),
    statement: { ...statement, signal: { ...statement.signal, subject: { ...subject, actor: "Another" } } },
  };
  const resolved = [
    { prediction: first.made, outcome: { type: "claim", came: true }, score: { brier: null, intervals: [] } } as const,
  ];
  const predictions = { resolved, made: [ofFlow, elsewhere] };
  await saveBlocks(own, [first, { ...second, insights: [], updates: [flow], predictions }]);
  const stored = await findInsight(own, told.id);
  expect(stored).toMatchObject({ kind: "outflow-spike", height: 1 });
  expect(stored && (await search.listStatements(own, stored))).toMatchObject([
    { kind: "large-transfer", text: CLAIM.text, isOwn: true, state: "resolved", resolvedBy: { height: 1 } },
    { kind: "outflow-spike", text: "It goes on.", isOwn: false, state: "open", outcome: null },
  ]);
  expect(stored?.decided).toEqual({ height: 1, came: true });
});
