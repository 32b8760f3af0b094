import type { Signal, SignalKind } from "#signals";
import type { Statement } from "./statement.ts";
import { stateFeeSpike } from "./statements/fee-spike.ts";
import { stateInflowSpike, stateOutflowSpike } from "./statements/flow-spike.ts";
import { stateLargeTransfer } from "./statements/large-transfer.ts";

/** What each kind of signal has to say. */
const STATEMENTS: Readonly<Record<SignalKind, (signal: Signal) => Statement>> = {
  "fee-spike": stateFeeSpike,
  "inflow-spike": stateInflowSpike,
  "outflow-spike": stateOutflowSpike,
  "large-transfer": stateLargeTransfer,
};

export function stateSignal(signal: Signal): Statement {
  return STATEMENTS[signal.kind](signal);
}
