import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { comparison, measuredSlots } from "./measured.ts";

/** "Block 9,012 pays Alder Pool under the tag of Hazel Pool". */
export function statePoolTagMismatch(signal: Signal): Statement {
  const tagged = signal.other === undefined ? "another pool" : "{other}";
  return {
    anchor: signal.blockhash,
    slots: {
      ...measuredSlots(signal),
      ...(signal.other === undefined ? {} : { other: { unit: "name", value: signal.other.actor } }),
    },
    headline: `Block {height} pays {subject} under the tag of ${tagged}`,
    summary:
      `The coinbase of block {height} pays an address of {subject}, while its text carries the tag of ${tagged}.` +
      " Anybody can write such a text, so the block is counted for the address that was paid.",
    rule: "The pool of the payout address and the pool of the coinbase text are both known, and differ.",
    metrics: comparison(signal),
  };
}
