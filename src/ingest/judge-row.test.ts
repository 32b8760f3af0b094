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

const recollection = {
  blockAt: () => undefined,
  certaintyOf: () => undefined,
  lowestHeight: undefined,
  transfersOf: () => [],
};

function judge(first: Signal, now: Signal, publication: Publication | undefined) {
  const updates: readonly EventUpdate[] = [{ first, firstTime: 1_700_000_000, now, payments: [] }];
  const detection = { take: () => [], quiet: [], updates, recollection };
  return judgeRow({ row: { features, transfers, flows }, observed: [] }, { detection, simulated: true, publication });
}

test("an event that goes on is worth publishing by what it is now, however common it was when it began", () => {
  for (const began of [90, 99.5]) {
    const { updates, publishable } = judge(ranked(began, 8), ranked(99.9, 9), PUBLICATION);
    expect(publishable).toEqual(new Set(updates?.map(({ id }) => id)));
    expect(publishable?.size).toBe(1);
  }
  expect(judge(ranked(99.5, 8), ranked(95, 9), PUBLICATION).publishable).toEqual(new Set());
  expect(judge(ranked(90, 8), ranked(95, 9), undefined).publishable?.size).toBe(1);
});
