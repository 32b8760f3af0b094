import type { BlockRow, Signal, SignalKind } from "../signal.ts";
import { difficultyOutlookOutcome } from "./difficulty.ts";
import { inflowSpikeOutcome, outflowSpikeOutcome } from "./exchanges.ts";
import { feeSpikeOutcome } from "./fees.ts";
import type { OpenStatement, OutcomeRule } from "./outcome-rule.ts";
import { coinDaysDestroyedOutcome, dormancyOutcome } from "./spending.ts";
import { coinjoinWaveOutcome, consolidationWaveOutcome, inscriptionWaveOutcome } from "./waves.ts";
import { largeTransferOutcome } from "./whales.ts";

/** What each kind claims about blocks to come; a kind that is not here describes what was, and has no confidence. */
const OUTCOME_RULES: Readonly<Partial<Record<SignalKind, OutcomeRule>>> = {
  "fee-spike": feeSpikeOutcome,
  "inflow-spike": inflowSpikeOutcome,
  "outflow-spike": outflowSpikeOutcome,
  "large-transfer": largeTransferOutcome,
  "coin-days-destroyed": coinDaysDestroyedOutcome,
  dormancy: dormancyOutcome,
  "inscription-wave": inscriptionWaveOutcome,
  "consolidation-wave": consolidationWaveOutcome,
  "coinjoin-wave": coinjoinWaveOutcome,
  "difficulty-outlook": difficultyOutlookOutcome,
};

/** Blocks that decide the longest of all claims. */
export const LONGEST_HORIZON = Math.max(...Object.values(OUTCOME_RULES).map(({ horizonBlocks }) => horizonBlocks));

/** What a signal claims about blocks to come; `undefined` where its truth is not open, or nobody could tell. */
export function openStatement(signal: Signal): OpenStatement | undefined {
  const rule = ruleOf(signal);
  if (rule === undefined) return undefined;
  const { claim, horizonBlocks } = rule;
  return { claim: typeof claim === "string" ? claim : claim(signal), horizonBlocks };
}

/** What calibration learns from: the higher, the likelier that the claim comes true. `undefined` as of {@link openStatement}. */
export function scoreOfStatement(signal: Signal): number | undefined {
  return ruleOf(signal)?.score(signal);
}

/**
 * Whether what a signal claimed came true, by the rows of the blocks after its own, ascending, as many as there are; those
 * beyond the horizon change nothing. The same answer whether it is asked at every block or once afterwards.
 * @returns `undefined` while it is open, and of a signal that claims nothing; with the whole horizon at hand, because
 * rows do not say what would decide it
 * @throws Error for rows that do not begin with the block after the signal's
 */
export function resolveStatement(signal: Signal, following: readonly BlockRow[]): boolean | undefined {
  const rule = ruleOf(signal);
  if (rule === undefined) return undefined;
  const [next] = following;
  if (next !== undefined && next.features.height !== signal.height + 1) {
    throw new Error(`rows after block ${signal.height} begin with block ${next.features.height}`);
  }
  return rule.resolve(signal, following.slice(0, rule.horizonBlocks));
}

function ruleOf(signal: Signal): OutcomeRule | undefined {
  const rule = OUTCOME_RULES[signal.kind];
  return rule !== undefined && (rule.applies?.(signal) ?? true) ? rule : undefined;
}
