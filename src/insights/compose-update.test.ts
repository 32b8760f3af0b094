import { expect, test } from "vitest";
import type { BlockHash, Txid } from "#bitcoin";
import { sha256 } from "#lib";
import type { EventUpdate, Signal } from "#signals";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";
import { chartOf } from "./chart.ts";
import { composeInsight } from "./compose-insight.ts";
import { composeUpdate, firstBlockOf } from "./compose-update.ts";
import { verifyText } from "./verify/index.ts";

const COIN = 100_000_000;
const CONTEXT = { blockTime: 1_700_006_000, simulated: true, sha256 };

const [transfer] = storedBlock(0).transfers;
if (transfer === undefined) throw new Error("a stored block has a transfer");

const first: Signal = {
  kind: "inflow-spike",
  height: 9_008,
  blockhash: "0a".repeat(32) as BlockHash,
  startHeight: 9_000,
  subject: { actor: "Varnost Exchange", kind: "exchange" },
  direction: "above",
  surprise: { percentile: 100, sampleSize: 2_016 },
  metrics: [
    { name: "without", unit: "sats", value: 900 * COIN, baseline: 60 * COIN, level: 500 * COIN },
    { name: "Inflow of 9 blocks", unit: "sats", value: 1_241 * COIN, baseline: null, level: null },
  ],
  transfers: [transfer],
};

const now: Signal = {
  ...first,
  height: 9_021,
  blockhash: "0b".repeat(32) as BlockHash,
  metrics: [
    { name: "without", unit: "sats", value: 2_500 * COIN, baseline: 58 * COIN, level: 510 * COIN },
    { name: "Inflow of 22 blocks", unit: "sats", value: 6_012 * COIN, baseline: null, level: null },
    { name: "Blocks of the span that is compared", unit: "count", value: 9, baseline: null, level: null },
  ],
  transfers: [{ ...transfer, txid: "0c".repeat(32) as Txid }, transfer],
};

const update: EventUpdate = { first, firstTime: 1_700_000_000, now, payments: [] };
const told = composeInsight(first, { ...CONTEXT, blockTime: update.firstTime });
const insight = composeUpdate(update, CONTEXT);

test("an event that goes on keeps its insight, which says how it stands now and where it was told", () => {
  expect(insight.id).toBe(told.id);
  expect(insight.headline).toBe("6,012 BTC came to Varnost Exchange within 22 blocks");
  expect(insight.summary).toBe(
    "First noticed in block 9,008; from block 9,000 to 9,021, Varnost Exchange took in 6,012 BTC, counted by its labelled addresses alone and without moves between them." +
      " In the last 9 blocks, without the largest transfers, the inflow is 2,500 BTC, against the usual 58 BTC in the same time: more than in all of the 2,016 blocks before." +
      " Coins at an exchange can be traded there; whether they are is not on the chain.",
  );
  expect(insight).toMatchObject({ height: 9_021, blockHash: now.blockhash, blockTime: CONTEXT.blockTime });
  expect(firstBlockOf(insight)).toEqual({ height: 9_008, hash: first.blockhash, time: update.firstTime });
  expect(insight.evidence.blocks.map(({ height }) => height)).toEqual([9_008, 9_021]);
  expect(insight.evidence.transactions).toHaveLength(2);
  expect(chartOf(insight)?.marks.event).toEqual({ fromHeight: 9_000, toHeight: 9_021 });
});

test("what it claimed when it was told, and how sure that was, stays", () => {
  expect(told.evidence.claim).not.toBeNull();
  expect(insight.evidence.claim).toEqual(told.evidence.claim);
  expect(insight.confidence).toBe(told.confidence);
});

test("its text is backed by its evidence, and one with another first block is not", () => {
  const text = `${insight.headline}. ${insight.summary}`;
  expect(verifyText(text, insight)).toEqual([]);
  expect(verifyText(text.replace("9,008", "9,009"), insight)).not.toEqual([]);
  expect(verifyText(text.replace("last 9 blocks", "last 8 blocks"), insight)).not.toEqual([]);
});
