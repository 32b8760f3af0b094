import type { BlockRow, Signal } from "../signal.ts";
import type { OutcomeRule } from "./outcome-rule.ts";

const HORIZON_BLOCKS = 36;

/** What comes to an exchange may leave it again at once, and then the spike said little. */
export const inflowSpikeOutcome = flowGoesOn(1, "gains");

/** As of an inflow, the other way round. */
export const outflowSpikeOutcome = flowGoesOn(-1, "loses");

function flowGoesOn(sign: 1 | -1, verb: string): OutcomeRule {
  return {
    claim: `From block {begin} to {end}, {subject} ${verb} {total} or more, net.`,
    horizonBlocks: HORIZON_BLOCKS,
    // The more there was already, the less often as much again follows.
    score: (signal) => -sizeOf(signal),
    resolve: (signal, following) => {
      if (following.length < HORIZON_BLOCKS) return undefined;
      const net = following.reduce((sum, row) => sum + netFlow(row, signal), 0);
      return sign * net >= sizeOf(signal);
    },
  };
}

/** What a block brought the exchange of a signal, less what it took; moves between its own wallets are neither. */
function netFlow({ flows }: BlockRow, { subject }: Signal): number {
  const flow = flows.entities.find(({ entity }) => entity.actor === subject?.actor && entity.kind === subject.kind);
  return flow === undefined ? 0 : flow.inflow - flow.outflow;
}

/** All that came or left, the largest transfers included. */
function sizeOf({ kind, metrics: [, total] }: Signal): number {
  if (total === undefined) throw new Error(`a signal of kind ${kind} says how much there was in all`);
  return total.value;
}
