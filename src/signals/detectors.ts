import { blockFullness } from "./blocks/block-fullness.ts";
import { blockInterval } from "./blocks/block-interval.ts";
import { emptyBlock } from "./blocks/empty-block.ts";
import type { Detector } from "./detector.ts";
import { inflowSpike, outflowSpike } from "./exchanges/flow-spike.ts";
import { feeLevel } from "./fees/fee-level.ts";
import { feeSpike } from "./fees/fee-spike.ts";
import { mempoolFlush } from "./fees/mempool-flush.ts";
import { difficultyOutlook } from "./miners/difficulty-outlook.ts";
import { hashRate } from "./miners/hash-rate.ts";
import { poolRun } from "./miners/pool-run.ts";
import { coinDaysDestroyed, revivedSupply } from "./spending/aged-coins.ts";
import { dormancy } from "./spending/dormancy.ts";
import { coinjoinWave, consolidationWave, inscriptionWave } from "./waves/wave.ts";
import { inflowStreak, outflowStreak } from "./exchanges/flow-streak.ts";
import { reserveChange } from "./exchanges/reserve-change.ts";
import { minerPayout, treasurySale } from "./miners/pool-outflow.ts";
import { poolTagMismatch } from "./miners/pool-tag-mismatch.ts";
import { whaleAccumulation, whaleDistribution } from "./whales/accumulation.ts";
import { dormantCoins } from "./whales/dormant-coins.ts";
import { largeTransfer } from "./whales/large-transfer.ts";

/** Every detector there is. */
export const DETECTORS: readonly Detector[] = [
  feeSpike,
  feeLevel,
  mempoolFlush,
  blockInterval,
  blockFullness,
  emptyBlock,
  poolRun,
  hashRate,
  difficultyOutlook,
  inflowSpike,
  outflowSpike,
  largeTransfer,
  coinDaysDestroyed,
  revivedSupply,
  dormancy,
  inscriptionWave,
  consolidationWave,
  coinjoinWave,
  inflowStreak,
  outflowStreak,
  reserveChange,
  whaleAccumulation,
  whaleDistribution,
  dormantCoins,
  treasurySale,
  minerPayout,
  poolTagMismatch,
];
