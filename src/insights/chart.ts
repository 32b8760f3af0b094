import type { Entity } from "#features";
import type { MetricUnit, SignalKind } from "#signals";
import type { Insight } from "./insight.ts";

/** A row of numbers, one a block, that can be read anew from stored blocks. */
export type ChartSeries = {
  readonly name: string;
  readonly unit: MetricUnit;
  readonly of: SeriesSource;
};

/** Where the numbers stand: in the block's row, or in what an entity received and spent in it. */
export type SeriesSource =
  | { readonly from: "block"; readonly field: BlockField }
  | { readonly from: "flows"; readonly entity: Entity; readonly side: FlowSide };

export type BlockField =
  | "median-fee-rate"
  | "interval"
  | "weight"
  | "transactions"
  | "largest-transfer"
  | "coin-days-destroyed"
  | "revived-supply"
  | "dormancy"
  | "inscriptions"
  | "consolidations"
  | "coinjoins";

/** `net`: what came in less what went out; what went out is parted by whether a label names who received it. */
export type FlowSide = "inflow" | "outflow" | "net" | "to-labelled" | "to-unlabelled";

/** What to draw of an insight: which numbers, of which blocks, and what to point at. It holds no numbers of the series. */
export type ChartSpec = {
  readonly series: ChartSeries;
  /** Both included; blocks that are not there yet are not drawn. */
  readonly window: { readonly fromHeight: number; readonly toHeight: number };
  readonly marks: {
    /** The blocks that the insight is about. */
    readonly event: { readonly fromHeight: number; readonly toHeight: number };
    /** What is usual, in the unit of the series; `null` where what was compared is not one block's number. */
    readonly usual: number | null;
  };
};

/** Blocks before and after the event: what went before is most of what a reader compares with. */
const BLOCKS_BEFORE = 144;
const BLOCKS_AFTER = 24;

const FEE_RATE = block("Median fee rate by weight", "sat/vB", "median-fee-rate");
const WEIGHT = block("Weight of the transactions", "WU", "weight");
const LARGEST = block("Largest transfer without change", "sats", "largest-transfer");

/**
 * Absent: no row of numbers, one a block, shows it (how fast many blocks come, whose blocks come one after another,
 * which tag an address contradicts).
 */
const SERIES: Readonly<Partial<Record<SignalKind, (subject: Entity | null) => ChartSeries | null>>> = {
  "fee-spike": FEE_RATE,
  "fee-level": FEE_RATE,
  "mempool-flush": WEIGHT,
  "block-interval": block("Time since the block before", "seconds", "interval"),
  "block-fullness": WEIGHT,
  "empty-block": block("Transactions", "count", "transactions"),
  "inflow-spike": flows("What came to", "inflow"),
  "inflow-streak": flows("Net flow of", "net"),
  "outflow-spike": flows("What left", "outflow"),
  "outflow-streak": flows("Net flow of", "net"),
  "reserve-change": flows("Net flow of", "net"),
  "large-transfer": LARGEST,
  "dormant-coins": LARGEST,
  "coin-days-destroyed": block("Coin days destroyed", "coin-days", "coin-days-destroyed"),
  "revived-supply": block("Coins older than a year that moved", "sats", "revived-supply"),
  dormancy: block("Dormancy of spent coins", "days", "dormancy"),
  "inscription-wave": block("Inscriptions", "count", "inscriptions"),
  "consolidation-wave": block("Consolidations", "count", "consolidations"),
  "coinjoin-wave": block("CoinJoin-like transactions", "count", "coinjoins"),
  "whale-accumulation": flows("Net flow of", "net"),
  "whale-distribution": flows("Net flow of", "net"),
  "treasury-sale": flows("To other labelled owners from", "to-labelled"),
  "miner-payout": flows("To unlabelled owners from", "to-unlabelled"),
};

/** Kinds whose measured level is one that a single block's number can stand beside. */
const COMPARED_BLOCK_BY_BLOCK: ReadonlySet<SignalKind> = new Set(["fee-spike", "fee-level", "dormancy"]);

/** What to draw of an insight; `null` where no series shows it. Pure: the same insight gives the same. */
export function chartOf(insight: Insight): ChartSpec | null {
  const { kind, height, evidence } = insight;
  const series = SERIES[kind]?.(evidence.subject ?? null) ?? null;
  if (series === null) return null;
  const event = { fromHeight: startOf(insight), toHeight: height };
  const [measured] = evidence.metrics;
  const comparable = COMPARED_BLOCK_BY_BLOCK.has(kind) && measured?.unit === series.unit;
  return {
    series,
    window: { fromHeight: Math.max(0, event.fromHeight - BLOCKS_BEFORE), toHeight: height + BLOCKS_AFTER },
    marks: { event, usual: comparable ? measured.baseline : null },
  };
}

/** The first block that an insight is about: its text names it as `from` where there is more than one. */
export function startOf({ height, evidence }: Insight): number {
  const { from } = evidence.slots;
  return from?.unit === "height" && from.value <= height ? from.value : height;
}

function block(name: string, unit: MetricUnit, field: BlockField): () => ChartSeries {
  return () => ({ name, unit, of: { from: "block", field } });
}

function flows(words: string, side: FlowSide): (subject: Entity | null) => ChartSeries | null {
  return (subject) =>
    subject && { name: `${words} ${subject.actor}`, unit: "sats", of: { from: "flows", entity: subject, side } };
}
