import { expect, test } from "vitest";
import type { SignalKind } from "#signals";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";
import type { Insight } from "./insight.ts";
import { isPublished, isPublishedWith, type Publication } from "./publication.ts";

const [stored] = storedBlock(0).insights;
if (stored === undefined) throw new Error("a stored block has an insight");
const evidence = { ...stored.evidence, also: undefined };
const insight: Insight = {
  ...stored,
  kind: "fee-spike",
  surprise: { percentile: 99.4, sampleSize: 2_016 },
  confidence: 0.6,
  evidence,
};

const ALL: Publication = { kinds: null, leastSurprise: 0, leastConfidence: 0 };
const kinds = (...listed: SignalKind[]): Publication => ({ ...ALL, kinds: new Set(listed) });

test.each([
  ["everything", {}, ALL, true],
  ["a kind that is listed", {}, kinds("hash-rate", "fee-spike"), true],
  ["a kind that is not listed", {}, kinds("hash-rate"), false],
  [
    "a kind that leads one that is listed",
    { evidence: { ...evidence, also: ["hash-rate"] } },
    kinds("hash-rate"),
    true,
  ],
  ["what is as rare as is asked", {}, { ...ALL, leastSurprise: 99.4 }, true],
  ["what is less rare", {}, { ...ALL, leastSurprise: 99.5 }, false],
  ["what has no rank", { surprise: null }, { ...ALL, leastSurprise: 100 }, true],
  ["what is as sure as is asked", {}, { ...ALL, leastConfidence: 60 }, true],
  ["what is less sure", {}, { ...ALL, leastConfidence: 61 }, false],
  ["what states no confidence", { confidence: null }, { ...ALL, leastConfidence: 100 }, true],
] as const)("of %s", (_, changes, publication, published) => {
  expect(isPublished({ ...insight, ...changes }, publication)).toBe(published);
});

test("of several that one insight tells of, one that is rare enough is enough", () => {
  const [transfer] = stored.evidence.transactions;
  if (transfer === undefined) throw new Error("a stored insight cites its transaction");
  const publication = { ...ALL, leastSurprise: 99.5 };
  const flow = { ...insight, kind: "inflow-spike", evidence: { ...evidence, also: ["large-transfer"] } } as const;
  const rare = { ...stored, surprise: { percentile: 99.9, sampleSize: 2_016 } };
  const elsewhere = { ...evidence, transactions: [{ ...transfer, txid: "9e".repeat(32) as typeof transfer.txid }] };
  expect(isPublishedWith(flow, [flow, rare], publication)).toBe(true);
  expect(isPublishedWith(flow, [flow, { ...rare, surprise: insight.surprise }], publication)).toBe(false);
  expect(isPublishedWith(flow, [flow, { ...rare, evidence: elsewhere }], publication)).toBe(false);
  expect(isPublishedWith({ ...flow, evidence }, [flow, rare], publication)).toBe(false);
});
