import type { ForecastList, MempoolHistory, MempoolNow, RecommendedFees } from "#contract";
import { type MedianBlock, type MempoolSnapshot, type ProjectedBlock, recommendFees } from "#bitcoin";
import type { explore } from "#store";
import { isoTime } from "./present.ts";

type Snapshot = Omit<MempoolSnapshot, "nextBlockTxids">;
type Forecast = ForecastList["forecasts"][number];

/** Lower bounds of what a chart shows as one band, sat/vB; each is a bound of the snapshots' own finer ranges. */
export const FEE_BANDS = [0, 1, 2, 4, 8, 16, 31.5, 63, 125, 250, 500] as const;

/** Blocks within which one may want to be mined; a day has 144. */
const TARGETS = [1, 3, 6, 144] as const;

export function presentMempool(snapshot: Snapshot): MempoolNow {
  const { time, tip, count, weight, totalFee, minFeeRate, histogram, projectedBlocks } = snapshot;
  return {
    time: isoTime(time),
    tipHeight: tip?.height ?? null,
    count,
    weight,
    totalFee,
    minFeeRate,
    histogram:
      histogram && histogram.map(({ from, weight: heavy, count: many }) => ({ from, weight: heavy, count: many })),
    projectedBlocks: projectedBlocks.map(({ count: many, weight: heavy, totalFee: paid, feeRates }) => ({
      count: many,
      weight: heavy,
      totalFee: paid,
      feeRates: [...feeRates],
    })),
  };
}

export function presentSnapshotLine(line: explore.SnapshotLine): MempoolHistory["points"][number] {
  const { histogram, time, ...numbers } = line;
  return { ...numbers, time: isoTime(time), weights: histogram && weightsOf(histogram) };
}

function weightsOf(histogram: NonNullable<Snapshot["histogram"]>): number[] {
  const weights = FEE_BANDS.map(() => 0);
  for (const { from, weight } of histogram) {
    const band = FEE_BANDS.findLastIndex((bound) => bound <= from);
    weights[band] = (weights[band] ?? 0) + weight;
  }
  return weights;
}

export function presentFees(snapshot: Snapshot, forecasts: readonly Forecast[]): RecommendedFees {
  return {
    time: isoTime(snapshot.time),
    targets: lowestRates(snapshot).map((target) => ({
      ...target,
      forecast: forecasts.find(isOf(target.withinBlocks)) ?? null,
    })),
    minimum: snapshot.minFeeRate,
    ...asMempoolSpace(snapshot),
  };
}

const UNKNOWN = { fastestFee: null, halfHourFee: null, hourFee: null, economyFee: null, minimumFee: null };

/** Wallets read these: the same numbers as there, and none where what they follow from is not known. */
function asMempoolSpace({ projectedBlocks, minFeeRate }: Snapshot): typeof UNKNOWN | ReturnType<typeof recommendFees> {
  if (minFeeRate === null || !projectedBlocks.every(hasMedian)) return UNKNOWN;
  return recommendFees(projectedBlocks, minFeeRate);
}

function hasMedian(block: ProjectedBlock): block is ProjectedBlock & MedianBlock {
  return block.medianFee !== undefined && block.fullness !== undefined;
}

/** sat/vB of what would be among so many blocks if they were mined now. */
export function lowestRates(snapshot: Snapshot): { readonly withinBlocks: number; readonly feeRate: number | null }[] {
  return TARGETS.map((withinBlocks) => ({ withinBlocks, feeRate: lowestWithin(snapshot, withinBlocks) }));
}

function isOf(withinBlocks: number): (forecast: Forecast) => boolean {
  return ({ kind, height, dueHeight }) => kind === "fee-rate" && dueHeight - height === withinBlocks;
}

/** Where fewer blocks could be made there is room for whatever the node takes. The last one holds all the rest. */
function lowestWithin({ projectedBlocks, minFeeRate }: Snapshot, blocks: number): number | null {
  const lowest = blocks < projectedBlocks.length ? projectedBlocks[blocks - 1]?.feeRates[0] : undefined;
  return lowest === undefined ? minFeeRate : Math.max(lowest, minFeeRate ?? 0);
}
