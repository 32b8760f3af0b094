import { expect, test } from "vitest";
import { listDifferences } from "#insights";
import { type Prediction, scoreOutcome, SIGNAL_KINDS } from "#signals";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { insightsOfEveryKind } from "../../../test/helpers/insights-of-every-kind.ts";
import { hashOf, storedBlock, storedChain } from "../../../test/helpers/stored-blocks.ts";
import type { BlockToSave } from "../blocks/block-rows.ts";
import { claimChain } from "../blocks/chain-claim.ts";
import { saveBlocks } from "../blocks/save-blocks.ts";
import { restateFlows } from "../blocks/flows/save-flows.ts";
import type { Database } from "../database/schema.ts";
import type { ChainIdentity } from "../errors.ts";
import { openWordingRequest, saveWording } from "../wordings/index.ts";
import { findBundle } from "./insight-bundle.ts";

const LAVISH = { requestsPerDay: 1_000, tokensPerDay: 1_000_000 };
const SIMNET = { network: "simnet", chainId: "test", simulated: true } as const;

async function storeOf(blocks: readonly BlockToSave[], chain: ChainIdentity = SIMNET): Promise<Database> {
  const { db } = await openTestDatabase();
  await claimChain(db, chain);
  await saveBlocks(db, blocks);
  return db;
}

function idOf(block: BlockToSave | undefined): string {
  return block?.insights[0]?.id ?? "";
}

async function bundleOf(db: Database, block: BlockToSave | undefined) {
  const found = await findBundle(db, idOf(block));
  if (found?.found !== "bundle") throw new Error("there is a bundle");
  return found.bundle;
}

test("a bundle has the block and those that it looks back on, as they were saved, and the insight as it was published", async () => {
  const blocks = storedChain(20, 5);
  const db = await storeOf(blocks);
  const bundle = await bundleOf(db, blocks[14]);
  expect(listDifferences(bundle.insight, blocks[14]?.insights[0])).toEqual([]);
  expect(bundle.rows.map(({ features }) => features)).toEqual(blocks.slice(0, 15).map(({ features }) => features));
  expect(bundle.rows.map(({ flows }) => flows)).toEqual(blocks.slice(0, 15).map(({ flows }) => flows));
  expect(bundle).toMatchObject({ chain: SIMNET, connected: true, observedByThisNode: { calibration: null } });
  // Below the lowest stored block nobody knows a header time.
  expect(bundle.base).toEqual({
    block: { height: 4, hash: hashOf("block main 4"), bits: 0x207f_ffff },
    parentTimes: [],
  });
});

test("of every kind it has the insight as it was told", async () => {
  const { insights } = insightsOfEveryKind();
  expect(insights.map(({ kind }) => kind).toSorted()).toEqual([...SIGNAL_KINDS].toSorted());
  const blocks = Map.groupBy(insights, ({ height }) => height);
  const heights = [...blocks.keys()].toSorted((left, right) => left - right);
  const db = await storeOf(
    heights.map((height) => ({
      ...storedBlock(height, { connected: false }),
      signals: [],
      insights: blocks.get(height) ?? [],
    })),
  );
  for (const insight of insights) {
    const found = await findBundle(db, insight.id);
    if (found?.found !== "bundle") throw new Error(`there is a bundle of ${insight.kind}`);
    expect(listDifferences(found.bundle.insight, insight), insight.kind).toEqual([]);
  }
});

test("it has a model's text beside the template's", async () => {
  const block = storedBlock(0);
  const [insight] = block.insights;
  if (insight === undefined) throw new Error("a stored block has an insight");
  const db = await storeOf([block]);
  const wording = { model: "compatible:made-up", headline: "A headline", summary: "A summary." };
  const request = await openWordingRequest(db, { ...insight, model: wording.model, budget: LAVISH });
  await saveWording(db, { requestId: request?.id ?? 0, insight, wording, tokens: 350 });
  expect((await bundleOf(db, block)).insight).toMatchObject({ headline: insight.headline, wording });
});

test("it does not tell whom the node watches", async () => {
  const [block, other] = [storedBlock(0), storedBlock(1)];
  const small = block.transfers.map((transfer) => ({ ...transfer, txIndex: 4, value: 1_000, watched: true }));
  const db = await storeOf([{ ...block, transfers: [...block.transfers, ...small] }, other]);
  const text = JSON.stringify(await bundleOf(db, other));
  expect(text).not.toContain("watched");
  expect((await bundleOf(db, other)).rows[0]?.transfers).toHaveLength(1);
});

test("labels that came later change nothing: it has what was told when the block was read", async () => {
  const blocks = storedChain(6);
  const db = await storeOf(blocks);
  const before = await bundleOf(db, blocks[5]);
  const restated = blocks.map((block) => ({ ...block, flows: { ...block.flows, labelVersion: 3, entities: [] } }));
  expect(await restateFlows(db, restated)).toBe(6);
  expect(await bundleOf(db, blocks[5])).toEqual(before);
});

test("a block of a set stands alone", async () => {
  const blocks = [storedBlock(7, { connected: false }), storedBlock(8, { connected: false })];
  const db = await storeOf(blocks);
  const { connected, rows, base } = await bundleOf(db, blocks[1]);
  expect({ connected, heights: rows.map(({ features }) => features.height) }).toEqual({
    connected: false,
    heights: [8],
  });
  expect(base.parentTimes).toEqual([]);
});

test("after a reorg it is of the branch that stands; of one that left there is the insight alone", async () => {
  const first = storedChain(12);
  const db = await storeOf(first);
  const second = Array.from({ length: 3 }, (_, index) =>
    storedBlock(10 + index, { branch: "second", parent: index === 0 ? "main" : "second" }),
  );
  const undone = first.slice(10).reverse();
  await saveBlocks(
    db,
    second,
    undone.map(({ header }) => header),
  );
  const { insight, rows } = await bundleOf(db, first[11]);
  expect(insight.blockHash).toBe(second[1]?.header.hash);
  expect(rows.slice(-2).map(({ features }) => features.blockhash)).toEqual(
    second.slice(0, 2).map(({ header }) => header.hash),
  );
  await saveBlocks(
    db,
    [],
    second.slice(2).map(({ header }) => header),
  );
  expect(await findBundle(db, idOf(second[2]))).toMatchObject({
    found: "insight alone",
    insight: { status: "retracted" },
  });
  expect(await findBundle(db, "0".repeat(32))).toBeUndefined();
});

/** What the block's large transfer claims about the blocks to come. */
function claimOf({ header: { height, hash, time }, signals }: BlockToSave): Prediction {
  const [signal] = signals;
  if (signal === undefined) throw new Error("a stored block has signals");
  const statement = { type: "claim", text: "It holds.", probability: null, score: 2.5, signal } as const;
  const place = { height, blockHash: hash, time, dueHeight: height + 9, live: false };
  return { id: "1".repeat(32), kind: signal.kind, subject: null, calibration: null, ...place, statement };
}

test("of a real network it has what claims had come to before the block, and that alone", async () => {
  const blocks = storedChain(5);
  const claim = claimOf(storedBlock(0));
  const outcome = { type: "claim", came: true } as const;
  const resolved = [{ prediction: claim, outcome, score: scoreOutcome(claim, outcome) }];
  const said = [{ made: [claim], resolved: [] }, undefined, { made: [], resolved }, undefined, undefined];
  const [told] = blocks[3]?.insights ?? [];
  if (told === undefined) throw new Error("a stored block has an insight");
  const place = { height: 4, blockHash: blocks[4]?.header.hash ?? told.blockHash };
  const evidence = {
    ...told.evidence,
    blocks: [...told.evidence.blocks, ...(blocks[4]?.insights[0]?.evidence.blocks ?? [])],
  };
  const flow = { ...told, ...place, kind: "outflow-spike", evidence } as const;
  const db = await storeOf(
    blocks.map((block, height) => ({ ...block, predictions: said[height], updates: height === 4 ? [flow] : [] })),
    { network: "regtest", chainId: "test", simulated: false },
  );
  expect((await bundleOf(db, blocks[2])).observedByThisNode).toEqual({ calibration: null });
  const learnt = { format: 1, version: "regtest, its first 1 outcomes", count: 1 };
  // What was told of one payment and is told of a flow now has the claim of the payment.
  const bundle = await bundleOf(db, blocks[3]);
  expect(bundle.insight).toMatchObject({ kind: "outflow-spike", height: 4 });
  expect(bundle.observedByThisNode).toMatchObject({ calibration: learnt });
});
