import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insight as insightSchema, type Insight as PresentedInsight, insightList, insightOutcome } from "#contract";
import type { Claim, Insight } from "#insights";
import { createLogger } from "#lib";
import { type BlockToSave, claimChain, type ResolvedPrediction, saveBlocks } from "#store";
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
  await saveBlocks(db, [{ ...deciding, predictions: { resolved, made: [] } }]);
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
  await saveBlocks(db, [], [deciding.header]);
  expect(await outcomeOf(came)).toEqual(["open", null]);
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
