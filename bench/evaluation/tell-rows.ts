import { composeBlock, type Insight } from "#insights";
import { sha256 } from "#lib";
import { type BlockRow, Detection, type Signal } from "#signals";

export type ToldRows = {
  readonly signals: readonly Signal[];
  /** Those among them whose words an insight bears: what others tell of the same is in it too. */
  readonly leading: readonly Signal[];
  /** Heights of insights that are of transactions of which an earlier one tells as well. */
  readonly retold: readonly number[];
};

/** What stands out in a chain, and what readers are told of it. */
export function tellRows(rows: readonly BlockRow[]): ToldRows {
  const detection = new Detection();
  const [signals, leading]: [Signal[], Signal[]] = [[], []];
  const firstHeights = new Map<string, number>();
  const newest = new Map<string, Insight>();
  for (const row of rows) {
    const found = detection.take(row);
    const { updates, recollection } = detection;
    const context = { blockTime: row.features.time, simulated: true, recollection, sha256 };
    const composed = composeBlock({ signals: found, updates }, context);
    const told = new Set(composed.insights.map(({ id }) => id));
    signals.push(...found);
    leading.push(...found.filter((_, place) => told.has(composed.said[place]?.id ?? "")));
    for (const insight of composed.insights) firstHeights.set(insight.id, insight.height);
    for (const insight of [...composed.insights, ...composed.updates]) newest.set(insight.id, insight);
  }
  const retold = listRetold([...newest.values()]).flatMap(({ id }) => firstHeights.get(id) ?? []);
  return { signals, leading, retold };
}

/** Insights, each as it stands in the end, that cite, by value, half and more of what an earlier one cites, or the other way round. */
export function listRetold(insights: readonly Insight[]): readonly Insight[] {
  const citing = new Map<string, Insight[]>();
  return insights.filter((insight) => {
    const { transactions } = insight.evidence;
    const earlier = new Set(transactions.flatMap(({ txid }) => citing.get(txid) ?? []));
    for (const { txid } of transactions) citing.set(txid, [...(citing.get(txid) ?? []), insight]);
    return Array.from(earlier).some(
      (other) => sharedOf(insight, other) >= Math.min(citedBy(insight), citedBy(other)) / 2,
    );
  });
}

function citedBy({ evidence }: Insight): number {
  return evidence.transactions.reduce((sum, { valueSats }) => sum + valueSats, 0);
}

function sharedOf(one: Insight, other: Insight): number {
  const txids = new Set(other.evidence.transactions.map(({ txid }) => txid));
  const shared = one.evidence.transactions.filter(({ txid }) => txids.has(txid));
  return shared.reduce((sum, { valueSats }) => sum + valueSats, 0);
}
