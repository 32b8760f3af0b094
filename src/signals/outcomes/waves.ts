import type { BlockFeatures } from "#features";
import type { Signal } from "../signal.ts";
import { WAVE_RISE_BLOCKS, WAVE_SPAN_BLOCKS, type WaveKind, WAVES } from "../waves/wave.ts";
import { type OutcomeRule, passed } from "./outcome-rule.ts";

const HORIZON_BLOCKS = 36;

/** Whether a wave still stands when a quarter of a day is over: waves that last for a day are rare. */
export const inscriptionWaveOutcome = waveGoesOn("inscription-wave", "inscriptions");
export const consolidationWaveOutcome = waveGoesOn("consolidation-wave", "consolidations");
export const coinjoinWaveOutcome = waveGoesOn("coinjoin-wave", "CoinJoin-like transactions");

function waveGoesOn(kind: WaveKind, what: string): OutcomeRule {
  const countOf: (features: BlockFeatures) => number | null = WAVES[kind].countOf;
  return {
    claim: `The {blocks} blocks up to block {end} still hold more than {level} ${what}.`,
    horizonBlocks: HORIZON_BLOCKS,
    score: riseOf,
    resolve: (signal, following) => {
      if (following.length < HORIZON_BLOCKS) return undefined;
      const counts = following.slice(-WAVE_SPAN_BLOCKS).map(({ features }) => countOf(features) ?? Number.NaN);
      const count = counts.reduce((sum, one) => sum + one, 0);
      return Number.isNaN(count) ? undefined : count > passed(signal).level;
    },
  };
}

/** By how many doublings the newest blocks would pass the level alone: what rises fast is strong, and lasts. */
function riseOf(signal: Signal): number {
  const newest = signal.metrics[1]?.value ?? 0;
  return Math.log2((newest * WAVE_SPAN_BLOCKS) / WAVE_RISE_BLOCKS / passed(signal).level);
}
