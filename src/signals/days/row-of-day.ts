import type { BlockFeatures, EntityFlow } from "#features";
import { TARGET_SPACING } from "../forecasts/block-times.ts";
import type { BlockRow } from "../signal.ts";
import type { DayFigures } from "./day-figures.ts";

/** All exchanges together: a daily series does not tell them apart. */
const ALL_EXCHANGES = { actor: "exchanges", kind: "exchange" } as const;

const TARGET_BLOCKS = 144;

/** How much of a row's time a day takes: more where its blocks came slowly, so that detectors see the day's pace as theirs. */
export function paceOfDay({ blocks }: DayFigures): number {
  return blocks === null ? TARGET_SPACING : (TARGET_SPACING * TARGET_BLOCKS) / Math.max(1, blocks);
}

/**
 * A day in the place of a block: what a series does not tell is not there, and the detectors of days (find-in-days.ts)
 * do not ask for it.
 * @param time seconds since the first day, at {@link paceOfDay} or at the protocol's pace
 */
export function rowOfDay(
  day: DayFigures,
  { height, time }: { readonly height: number; readonly time: number },
): BlockRow {
  const rate = day.feeRate ?? Number.NaN;
  const known = {
    height,
    blockhash: "",
    time,
    // One alone would be the coinbase, and the block without a fee level.
    txs: day.feeRate === null ? 1 : 2,
    feerate_percentiles_exact: [Number.NaN, Number.NaN, rate, Number.NaN, Number.NaN],
  } satisfies Partial<Record<keyof BlockFeatures, unknown>>;
  return {
    features: known as unknown as BlockFeatures,
    transfers: [],
    flows: { labelVersion: 0, labelCoverage: null, payoutEntity: null, entities: [flowOf(day)] },
  };
}

/** How the coins were moved is not known, and of nothing that is asked for. */
function flowOf({ inflow, outflow }: DayFigures): EntityFlow {
  const unknown = Number.NaN;
  return {
    entity: ALL_EXCHANGES,
    inflow: inflow ?? unknown,
    outflow: outflow ?? unknown,
    inHouse: unknown,
    interEntityIn: unknown,
    interEntityOut: unknown,
    mined: unknown,
    deposits: unknown,
    withdrawals: unknown,
    inHouseTransactions: unknown,
  };
}
