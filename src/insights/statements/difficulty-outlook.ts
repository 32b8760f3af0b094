import { openStatement, OUTLOOK_ODDS, type Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { comparison, measured } from "./measured.ts";

/** "Difficulty is on course to rise by 7.2 % at block 856,800". */
export function stateDifficultyOutlook(signal: Signal): Statement {
  const [, least, time] = signal.metrics;
  if (least === undefined || time === undefined || time.baseline === null) {
    throw new Error("an outlook says how far it goes at least, and how long its blocks took");
  }
  const { value, level } = measured(signal);
  const horizon = openStatement(signal)?.horizonBlocks ?? 0;
  const isAbove = signal.direction === "above";
  const [rise, pace] = isAbove ? ["rise", "faster"] : ["fall", "more slowly"];
  return {
    anchor: `height ${signal.height}`,
    slots: {
      // With its sign, for whoever checks a text has to know which way it goes.
      change: { unit: "percent", value: isAbove ? value : -value },
      value: { unit: "percent", value },
      ...(level === null ? {} : { level: { unit: "percent", value: level } }),
      least: { unit: "percent", value: least.value },
      elapsed: { unit: "seconds", value: time.value },
      intended: { unit: "seconds", value: time.baseline },
      odds: { unit: "count", value: OUTLOOK_ODDS },
      blocks: { unit: "count", value: signal.height - signal.startHeight },
      from: { unit: "height", value: signal.startHeight },
      height: { unit: "height", value: signal.height },
      end: { unit: "height", value: signal.height + horizon },
    },
    headline: `Difficulty is on course to ${rise} by {value} at block {end}`,
    summary:
      "By header times, the {blocks} blocks since block {from} took {elapsed}, where {intended} are intended." +
      ` At that pace difficulty ${rise}s by {value} at block {end}, which luck alone would make of an unchanged hash rate in at most one of {odds} periods.` +
      ` If the pace lasts, blocks come ${pace} than intended until then.`,
    rule: "The change of the difficulty passes {level} at the pace of its period, which a hash rate that stands still would make as often as the budget for false alarms allows.",
    metrics: comparison(signal),
  };
}
