import type { Detector } from "./detector.ts";
import { inflowSpike, outflowSpike } from "./exchanges/flow-spike.ts";
import { inflowStreak, outflowStreak } from "./exchanges/flow-streak.ts";
import { reserveChange } from "./exchanges/reserve-change.ts";
import { feeSpike } from "./fees/fee-spike.ts";
import { minerPayout, treasurySale } from "./miners/pool-outflow.ts";
import { poolTagMismatch } from "./miners/pool-tag-mismatch.ts";
import { whaleAccumulation, whaleDistribution } from "./whales/accumulation.ts";
import { dormantCoins } from "./whales/dormant-coins.ts";
import { largeTransfer } from "./whales/large-transfer.ts";

/** Every detector there is. */
export const DETECTORS: readonly Detector[] = [
  feeSpike,
  inflowSpike,
  outflowSpike,
  inflowStreak,
  outflowStreak,
  reserveChange,
  largeTransfer,
  whaleAccumulation,
  whaleDistribution,
  dormantCoins,
  treasurySale,
  minerPayout,
  poolTagMismatch,
];
