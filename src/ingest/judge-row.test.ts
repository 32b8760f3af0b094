import { expect, test } from "vitest";
import type { Publication } from "#insights";
import type { EventUpdate, Signal } from "#signals";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";
import { judgeRow } from "./judge-row.ts";

const { features, transfers, flows, signals } = storedBlock(9);
const spike = signals.find(({ kind }) => kind === "fee-spike");
if (spike === undefined) throw new Error("a stored block has a fee spike");
const PUBLICATION: Publication = { kinds: null, leastSurprise: 99, leastConfidence: 0 };

function ranked(percentile: number, height: number): Signal {
  return { ...(spike as Signal), height, startHeight: height, surprise: { percentile, sampleSize: 2_016 } };
}

function judge(first: Signal, now: Signal, publication: Publication | undefined) {
  const updates: readonly EventUpdate[] = [{ first, firstTime: 1_700_000_000, now }];
  const detection = { take: () => [], quiet: [], updates };
  return judgeRow({ row: { features, transfers, flows }, observed: [] }, { detection, simulated: true, publication });
}

test("an event that was too common to publish when it began is told of as late once it is rare enough", () => {
  const { updates, belated } = judge(ranked(90, 8), ranked(99.9, 9), PUBLICATION);
  expect(belated).toEqual(new Set(updates?.map(({ id }) => id)));
});

test("what was published when it began, is still too common, or is published anyhow, is not late", () => {
  expect(judge(ranked(99.5, 8), ranked(99.9, 9), PUBLICATION).belated).toEqual(new Set());
  expect(judge(ranked(90, 8), ranked(95, 9), PUBLICATION).belated).toEqual(new Set());
  expect(judge(ranked(90, 8), ranked(99.9, 9), undefined).belated).toEqual(new Set());
});
