import type { Signal, SignalKind } from "#signals";
import type { InsightCategory } from "./insight.ts";

/** What an insight about a signal of each kind is filed under; the first where nobody is named, else the last. */
const CATEGORIES: Readonly<Record<SignalKind, readonly InsightCategory[]>> = {
  "fee-spike": ["mempool"],
  "fee-level": ["mempool"],
  "mempool-flush": ["mempool"],
  "block-interval": ["network"],
  "block-fullness": ["network"],
  "empty-block": ["network", "miner"],
  "pool-run": ["miner"],
  "hash-rate": ["miner"],
  "difficulty-outlook": ["predictive"],
  "inflow-spike": ["exchange"],
  "outflow-spike": ["exchange"],
  "inflow-streak": ["exchange"],
  "outflow-streak": ["exchange"],
  "reserve-change": ["exchange"],
  "large-transfer": ["whale"],
  "coin-days-destroyed": ["whale"],
  "revived-supply": ["whale"],
  dormancy: ["network"],
  "inscription-wave": ["network"],
  "consolidation-wave": ["network"],
  "coinjoin-wave": ["network"],
  "whale-accumulation": ["whale"],
  "whale-distribution": ["whale"],
  "dormant-coins": ["whale"],
  "treasury-sale": ["miner"],
  "miner-payout": ["miner"],
  "pool-tag-mismatch": ["miner"],
};

export function categoriesOfKind(kind: SignalKind): readonly InsightCategory[] {
  return CATEGORIES[kind];
}

export function categoryOfSignal({ kind, subject }: Pick<Signal, "kind" | "subject">): InsightCategory {
  const [ofNobody, ofSomebody] = CATEGORIES[kind];
  return (subject === null ? ofNobody : ofSomebody) ?? ofNobody ?? "network";
}
