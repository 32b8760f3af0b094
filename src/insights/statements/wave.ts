import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { besideUsual, comparison, measured, measuredSlots } from "./measured.ts";

/** "142 inscriptions within 12 blocks, 7.1 times the usual". */
export const stateInscriptionWave = (signal: Signal): Statement =>
  stateWave(signal, {
    what: "inscriptions",
    meaning: "They take up room that other transactions bid for.",
  });

/** "118 consolidations within 12 blocks, 6.9 times the usual". */
export const stateConsolidationWave = (signal: Signal): Statement =>
  stateWave(signal, {
    what: "consolidations",
    meaning: "Each joins many coins into few, and takes up room in blocks.",
  });

/** "15 CoinJoin-like transactions within 12 blocks, 15 times the usual". */
export const stateCoinjoinWave = (signal: Signal): Statement =>
  stateWave(signal, {
    what: "CoinJoin-like transactions",
    meaning:
      "They look like CoinJoins by their form alone (many inputs, and outputs of equal amounts), which is not a proof.",
  });

type Words = { readonly what: string; readonly meaning: string };

function stateWave(signal: Signal, { what, meaning }: Words): Statement {
  const { value, baseline } = measured(signal);
  const ratio = value / (baseline ?? 0);
  const isKnown = Number.isFinite(ratio);
  return {
    anchor: `height ${signal.height}`,
    slots: {
      ...measuredSlots(signal),
      ...(isKnown ? { ratio: { unit: "ratio", value: ratio } } : {}),
      blocks: { unit: "count", value: signal.height - signal.startHeight + 1 },
      from: { unit: "height", value: signal.startHeight },
    },
    headline: `{value} ${what} within {blocks} blocks${isKnown ? ", {ratio} times the usual" : ""}`,
    summary:
      `Blocks {from} to {height} hold {value} ${what}${besideUsual(baseline, "{baseline}", "there are none")}.` +
      ` That is more than in {percentile} of the {sample} spans of {blocks} blocks before. ${meaning}`,
    rule: `More than {level} ${what} within {blocks} blocks, which those of the two weeks before would hold as often as the budget for false alarms allows.`,
    metrics: comparison(signal),
  };
}
