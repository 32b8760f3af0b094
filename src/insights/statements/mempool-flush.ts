import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { comparison, measuredSlots } from "./measured.ts";

/** "The last 6 blocks left 78 % of their room free". */
export function stateMempoolFlush(signal: Signal): Statement {
  const [, room] = signal.metrics;
  if (room === undefined) throw new Error("a mempool flush says how much room there was in all");
  return {
    anchor: `height ${signal.height}`,
    slots: {
      ...measuredSlots(signal),
      room: { unit: "percent", value: room.value },
      blocks: { unit: "count", value: signal.height - signal.startHeight + 1 },
      from: { unit: "height", value: signal.startHeight },
    },
    headline: "The last {blocks} blocks left {room} of their room free",
    summary:
      "Blocks {from} to {height} left {room} of their room free, measured by the fullest block of the day before." +
      " The free room beyond what their pace explains is {value}, more than in {percentile} of the {sample} blocks before." +
      " Where blocks have room, a transaction that pays little may be mined too.",
    rule: "The free room of {blocks} blocks that their pace does not explain passes {level}, which the blocks of the two weeks before would pass as often as the budget for false alarms allows.",
    metrics: comparison(signal),
  };
}
