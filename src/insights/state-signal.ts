import type { Signal, SignalKind } from "#signals";
import type { Statement } from "./statement.ts";
import { stateDormantCoins } from "./statements/dormant-coins.ts";
import { stateFeeSpike } from "./statements/fee-spike.ts";
import { stateInflowSpike, stateOutflowSpike } from "./statements/flow-spike.ts";
import { stateInflowStreak, stateOutflowStreak } from "./statements/flow-streak.ts";
import { stateLargeTransfer } from "./statements/large-transfer.ts";
import { stateMinerPayout, stateTreasurySale } from "./statements/pool-outflow.ts";
import { statePoolTagMismatch } from "./statements/pool-tag-mismatch.ts";
import { stateReserveChange } from "./statements/reserve-change.ts";
import { stateWhaleAccumulation, stateWhaleDistribution } from "./statements/whale-streak.ts";

/** What each kind of signal has to say. */
const STATEMENTS: Readonly<Record<SignalKind, (signal: Signal) => Statement>> = {
  "fee-spike": stateFeeSpike,
  "inflow-spike": stateInflowSpike,
  "outflow-spike": stateOutflowSpike,
  "inflow-streak": stateInflowStreak,
  "outflow-streak": stateOutflowStreak,
  "reserve-change": stateReserveChange,
  "large-transfer": stateLargeTransfer,
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
