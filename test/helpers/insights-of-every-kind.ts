import { composeBlock, type Insight } from "#insights";
import { sha256 } from "#lib";
import { type BlockRow, Detection, type EventUpdate, type Signal } from "#signals";
import { rowsOfEveryKind } from "./rows-of-every-kind.ts";

type Told = {
  readonly rows: readonly BlockRow[];
  /** Of each kind of signal the newest: what it follows from is longest gone from the first blocks. */
  readonly signals: readonly Signal[];
  /** Of each kind that led one the newest, as a node publishes them: what tells of one event is one. */
  readonly insights: readonly Insight[];
  /** Of each kind the newest that goes on. */
  readonly updates: readonly EventUpdate[];
};

/** What is told of a chain on which each kind of signal is told. */
export function insightsOfEveryKind(): Told {
  const rows = rowsOfEveryKind();
  const detection = new Detection();
  const signals = new Map<string, Signal>();
  const insights = new Map<string, Insight>();
  const updates = new Map<string, EventUpdate>();
  for (const row of rows) {
    const told = detection.take(row);
    const context = { blockTime: row.features.time, simulated: true, recollection: detection.recollection, sha256 };
    for (const signal of told) signals.set(signal.kind, signal);
    for (const update of detection.updates) updates.set(update.now.kind, update);
    const composed = composeBlock({ signals: told, updates: detection.updates }, context);
    for (const insight of composed.insights) insights.set(insight.kind, insight);
  }
  return { rows, signals: [...signals.values()], insights: [...insights.values()], updates: [...updates.values()] };
}
