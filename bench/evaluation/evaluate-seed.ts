import {
  type BlockRow,
  DETECTORS,
  resolveStatement,
  type ScoredOutcome,
  scoreOfStatement,
  type Signal,
  type SignalKind,
} from "#signals";
import { type ForecastOutcome, listForecastOutcomes } from "./forecast-outcomes.ts";
import { findInHouseAlarms } from "./in-house.ts";
import { matchEvents } from "./match-events.ts";
import { orderOf } from "./seeds.ts";
import { simulateRows } from "./simulate-rows.ts";
import { tellRows } from "./tell-rows.ts";

export type SeedOrder = { readonly seed: number; readonly isStaged: boolean; readonly blocks: number };

/** What became of the signals of one kind on one seed. */
export type KindCounts = {
  readonly kind: SignalKind;
  /** Blocks in which something could have been told: those after the look-back. */
  readonly judgedBlocks: number;
  readonly found: number;
  readonly missed: number;
  /** Blocks from the beginning of each event that was found to its signal. */
  readonly delays: readonly number[];
  readonly duplicates: number;
  readonly emergent: number;
  readonly falseAlarms: number;
};

export type SeedResult = SeedOrder & {
  readonly kinds: readonly KindCounts[];
  readonly signals: number;
  /**
   * Insights that readers are told, and those of an event that another one of the kind has told before, with those of
   * transactions that another one of any kind tells of.
   */
  readonly insights: number;
  readonly duplicateInsights: number;
  readonly shuffles: number;
  readonly inHouseAlarms: number;
  /** What came of what signals claimed about blocks to come. */
  readonly outcomes: readonly KindOutcome[];
  readonly forecasts: readonly ForecastOutcome[];
};

export type KindOutcome = ScoredOutcome & { readonly kind: SignalKind };

/** Blocks that may be needed to decide a claim. */
const LONGEST_HORIZON = 2_016;

/** Simulates a seed, looks for what stands out, and holds it against the ledger. */
export function evaluateSeed(order: SeedOrder): SeedResult {
  const { rows, bits, truth, unfinished } = simulateRows(orderOf(order.seed, order.isStaged, order.blocks));
  const { signals, leading, retold } = tellRows(rows);
  const to = rows.length - 1;
  const matches = DETECTORS.map(({ kind, lookBack }) => ({
    kind,
    judgedBlocks: rows.length - lookBack,
    ...matchEvents(kind, { signals, truth, unfinished, from: lookBack, to }),
  }));
  const falseAlarms = matches.flatMap((match) => match.falseAlarms);
  const from = Math.min(...DETECTORS.filter(({ lookBack }) => lookBack > 0).map(({ lookBack }) => lookBack));
  const inHouse = findInHouseAlarms({ signals, falseAlarms, truth }, from);
  return {
    ...order,
    kinds: matches.map(({ kind, judgedBlocks, found, missed, duplicates, emergent, falseAlarms: alarms }) => ({
      kind,
      judgedBlocks,
      found: found.length,
      missed: missed.length,
      delays: found.map(({ event, signal }) => signal.height - event.startHeight),
      duplicates: duplicates.length,
      emergent: emergent.length,
      falseAlarms: alarms.length,
    })),
    signals: signals.filter(({ height }) => height >= from).length,
    insights: leading.filter(({ height }) => height >= from).length,
    duplicateInsights:
      retold.filter((height) => height >= from).length +
      DETECTORS.flatMap(
        ({ kind, lookBack }) =>
          matchEvents(kind, { signals: leading, truth, unfinished, from: lookBack, to }).duplicates,
      ).length,
    shuffles: inHouse.shuffles,
    inHouseAlarms: inHouse.alarms.length,
    outcomes: signals.filter(({ height }) => height >= from).flatMap((signal) => outcomeOf(signal, rows)),
    forecasts: listForecastOutcomes({ rows, bits }),
  };
}

/** Nothing of a claim that the chain ends before, and of a signal that claims nothing. */
function outcomeOf(signal: Signal, rows: readonly BlockRow[]): KindOutcome[] {
  const score = scoreOfStatement(signal);
  const outcome = resolveStatement(signal, rows.slice(signal.height + 1, signal.height + 1 + LONGEST_HORIZON));
  return score === undefined || outcome === undefined ? [] : [{ kind: signal.kind, score, outcome }];
}
