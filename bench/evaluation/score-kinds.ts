import { poissonLimit, type SignalKind } from "#signals";
import { medianOf } from "../median-of.ts";
import type { KindCounts, SeedResult } from "./evaluate-seed.ts";
import { KIND_TRUTHS } from "./truth-of-kinds.ts";

/** A month of blocks. */
const MONTH_BLOCKS = 4_320;

export type KindScore = {
  readonly kind: SignalKind;
  /** Events that were staged and could have been found; 0 where none of the kind are staged. */
  readonly n: number;
  /** `null` where nothing is staged, or nothing was told. */
  readonly recall: number | null;
  /** Of what was told on staged seeds, the share that is in the ledger. */
  readonly precision: number | null;
  /** Of what was told there, the share that was the first to tell a staged event of its kind: nothing else counts as right. */
  readonly strictPrecision: number | null;
  /** Staged events in a hundred blocks: precision depends on it. */
  readonly prevalence: number;
  /** Median blocks from the beginning of an event to its signal. */
  readonly delayBlocks: number | null;
  /** On quiet seeds: signals of nothing that is in the ledger. */
  readonly falseAlarms: number;
  readonly falseAlarmsPerMonth: number;
  /** False alarms that the budget allows in the quiet blocks. */
  readonly budget: number;
  /** One-sided 95 % Poisson limit of that. */
  readonly limit: number;
  readonly withinPoisson: boolean;
  readonly duplicates: number;
  readonly told: number;
};

export function scoreKinds(results: readonly SeedResult[]): KindScore[] {
  const kinds = results[0]?.kinds.map(({ kind }) => kind) ?? [];
  return kinds.map((kind) => scoreKind(kind, results));
}

function scoreKind(kind: SignalKind, results: readonly SeedResult[]): KindScore {
  const staged = results.filter(({ isStaged }) => isStaged);
  const quiet = results.filter(({ isStaged }) => !isStaged);
  const on = countsOf(kind, staged);
  const off = countsOf(kind, quiet);
  const n = on.found + on.missed;
  const right = on.found + on.emergent;
  const told = right + on.falseAlarms + on.duplicates;
  const [stagedBlocks, quietBlocks] = [on.judgedBlocks, off.judgedBlocks];
  const budget = quietBlocks / MONTH_BLOCKS;
  const limit = poissonLimit(budget);
  return {
    kind,
    n,
    recall: KIND_TRUTHS[kind].staged === null || n === 0 ? null : on.found / n,
    precision: right + on.falseAlarms === 0 ? null : right / (right + on.falseAlarms),
    strictPrecision: KIND_TRUTHS[kind].staged === null || told === 0 ? null : on.found / told,
    prevalence: stagedBlocks === 0 ? 0 : (100 * n) / stagedBlocks,
    delayBlocks: on.delays.length === 0 ? null : medianOf(on.delays),
    falseAlarms: off.falseAlarms,
    falseAlarmsPerMonth: quietBlocks === 0 ? 0 : (off.falseAlarms * MONTH_BLOCKS) / quietBlocks,
    budget,
    limit,
    withinPoisson: off.falseAlarms <= limit,
    duplicates: on.duplicates,
    told,
  };
}

function countsOf(kind: SignalKind, results: readonly SeedResult[]): Omit<KindCounts, "kind"> {
  const counts = results.flatMap(({ kinds }) => kinds.filter((one) => one.kind === kind));
  const total = (name: "judgedBlocks" | "found" | "missed" | "duplicates" | "emergent" | "falseAlarms"): number =>
    sum(counts.map((one) => one[name]));
  return {
    judgedBlocks: total("judgedBlocks"),
    found: total("found"),
    missed: total("missed"),
    duplicates: total("duplicates"),
    emergent: total("emergent"),
    falseAlarms: total("falseAlarms"),
    delays: counts.flatMap(({ delays }) => delays),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
