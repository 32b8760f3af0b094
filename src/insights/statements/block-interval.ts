import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { comparison, measuredSlots } from "./measured.ts";

/** "Block 840,000 came after 96 min". */
export function stateBlockInterval(signal: Signal): Statement {
  return {
    anchor: `height ${signal.height}`,
    slots: measuredSlots(signal),
    headline: "Block {height} came {value} after the one before",
    summary:
      "By header times, which are the miners' clocks, block {height} came {value} after the one before, against a mean of {baseline} over the day before." +
      " That is longer than in {percentile} of the {sample} blocks before." +
      " A single wait may be chance: it says little about the hash rate.",
    rule: "The wait is longer than {level}, which chance alone would make as often as the budget for false alarms allows.",
    metrics: comparison(signal),
  };
}
