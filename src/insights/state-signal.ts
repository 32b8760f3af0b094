import type { Signal, SignalKind } from "#signals";
import type { Statement } from "./statement.ts";
import { stateBlockFullness } from "./statements/block-fullness.ts";
import { stateBlockInterval } from "./statements/block-interval.ts";
import { stateFeeLevel } from "./statements/fee-level.ts";
import { stateCoinDaysDestroyed, stateRevivedSupply } from "./statements/aged-coins.ts";
import { stateDifficultyOutlook } from "./statements/difficulty-outlook.ts";
import { stateDormancy } from "./statements/dormancy.ts";
import { stateFeeSpike } from "./statements/fee-spike.ts";
import { stateInflowSpike, stateOutflowSpike } from "./statements/flow-spike.ts";
import { stateHashRate } from "./statements/hash-rate.ts";
import { stateLargeTransfer } from "./statements/large-transfer.ts";
import { stateMempoolFlush } from "./statements/mempool-flush.ts";
import { stateEmptyBlock, statePoolRun } from "./statements/runs.ts";
import { stateCoinjoinWave, stateConsolidationWave, stateInscriptionWave } from "./statements/wave.ts";
import { stateDormantCoins } from "./statements/dormant-coins.ts";
import { stateInflowStreak, stateOutflowStreak } from "./statements/flow-streak.ts";
import { stateMinerPayout, stateTreasurySale } from "./statements/pool-outflow.ts";
import { statePoolTagMismatch } from "./statements/pool-tag-mismatch.ts";
import { stateReserveChange } from "./statements/reserve-change.ts";
import { stateWhaleAccumulation, stateWhaleDistribution } from "./statements/whale-streak.ts";

/** What each kind of signal has to say. */
const STATEMENTS: Readonly<Record<SignalKind, (signal: Signal) => Statement>> = {
  "fee-spike": stateFeeSpike,
  "fee-level": stateFeeLevel,
  "mempool-flush": stateMempoolFlush,
  "block-interval": stateBlockInterval,
  "block-fullness": stateBlockFullness,
  "empty-block": stateEmptyBlock,
  "pool-run": statePoolRun,
  "hash-rate": stateHashRate,
  "difficulty-outlook": stateDifficultyOutlook,
  "inflow-spike": stateInflowSpike,
  "outflow-spike": stateOutflowSpike,
  "inflow-streak": stateInflowStreak,
  "outflow-streak": stateOutflowStreak,
  "reserve-change": stateReserveChange,
  "large-transfer": stateLargeTransfer,
  "coin-days-destroyed": stateCoinDaysDestroyed,
  "revived-supply": stateRevivedSupply,
  dormancy: stateDormancy,
  "inscription-wave": stateInscriptionWave,
  "consolidation-wave": stateConsolidationWave,
  "coinjoin-wave": stateCoinjoinWave,
  "whale-accumulation": stateWhaleAccumulation,
  "whale-distribution": stateWhaleDistribution,
  "dormant-coins": stateDormantCoins,
  "treasury-sale": stateTreasurySale,
  "miner-payout": stateMinerPayout,
  "pool-tag-mismatch": statePoolTagMismatch,
};

export function stateSignal(signal: Signal): Statement {
  return STATEMENTS[signal.kind](signal);
}
