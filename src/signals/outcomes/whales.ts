import { NOTABLE_TRANSFER_SATS, type Transfer } from "#features";
import type { Signal } from "../signal.ts";
import { excess, type OutcomeRule } from "./outcome-rule.ts";

const HORIZON_BLOCKS = 144;

/**
 * Whether a labelled receiver goes on to pay an exchange. Nobody follows coins here: any notable transfer of his counts.
 * A receiver without a label, or one who is an exchange, leaves nothing to be decided.
 */
export const largeTransferOutcome: OutcomeRule = {
  claim: "From block {begin} to {end}, {winner} pays a labelled exchange in a transfer of {notable} or more.",
  horizonBlocks: HORIZON_BLOCKS,
  score: excess,
  applies: (signal) => {
    const receiver = receiverOf(signal);
    return receiver !== null && receiver.kind !== "exchange";
  },
  resolve: (signal, following) => {
    const receiver = receiverOf(signal);
    // Smaller ones are kept where somebody watches, which decides nothing.
    const pays = ({ value, from, to }: Transfer): boolean =>
      value >= NOTABLE_TRANSFER_SATS &&
      from?.actor === receiver?.actor &&
      from?.kind === receiver?.kind &&
      to?.kind === "exchange";
    if (following.some(({ transfers }) => transfers.some(pays))) return true;
    return following.length < HORIZON_BLOCKS ? undefined : false;
  },
};

function receiverOf({ transfers: [transfer] }: Signal): Transfer["to"] {
  return transfer?.to ?? null;
}
