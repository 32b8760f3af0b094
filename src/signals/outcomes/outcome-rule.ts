import type { BlockRow, Measurement, Signal } from "../signal.ts";

/** What is claimed about blocks to come when a signal is told. Its truth is open then, so it may carry confidence. */
export type OpenStatement = {
  /**
   * A sentence with places for slots of the signal and for the blocks that decide it, `{begin}` to `{end}`, and no digit:
   * `insights` writes it out. It reads alike in whatever block the insight stands later.
   */
  readonly claim: string;
  /** Blocks after the signal's own that decide it. */
  readonly horizonBlocks: number;
};

/** What a kind of signal claims, and how blocks decide it. */
export type OutcomeRule = Omit<OpenStatement, "claim"> & {
  /** One for all signals of the kind, or by the signal: by its direction, which no slot says. */
  readonly claim: string | ((signal: Signal) => string);
  /** Whether this signal claims anything: not where what would decide it cannot be seen. */
  readonly applies?: (signal: Signal) => boolean;
  /** The higher, the likelier, on any scale: what a calibration map learns from. Known when the signal is told. */
  readonly score: (signal: Signal) => number;
  /**
   * Whether it came true, by the blocks after the signal's, ascending and no more than the horizon; `undefined` while
   * they leave it open. What is decided stays so, whatever blocks are added.
   */
  readonly resolve: (signal: Signal, following: readonly BlockRow[]) => boolean | undefined;
};

/** The metric that stands out and the level that it passed. */
export function passed({ kind, metrics: [first] }: Signal): Measurement & { readonly level: number } {
  if (first === undefined || first.level === null) throw new Error(`a signal of kind ${kind} has passed no level`);
  return { ...first, level: first.level };
}

/** By how many doublings a signal passed its level. */
export function excess(signal: Signal): number {
  const { value, level } = passed(signal);
  return Math.log2(value / level);
}

/**
 * Whether at least so many of all the values of a horizon hold, `undefined` while both may still be.
 * @param held of the values so far; `undefined` for one that nobody knows
 */
export function atLeast(
  least: number,
  held: readonly (boolean | undefined)[],
  horizonBlocks: number,
): boolean | undefined {
  if (held.filter((one) => one === true).length >= least) return true;
  const denied = held.filter((one) => one === false).length;
  return denied > horizonBlocks - least ? false : undefined;
}
