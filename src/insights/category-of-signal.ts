import { type Signal, SIGNAL_KINDS, type SignalKind } from "#signals";
import type { InsightCategory } from "./insight.ts";

/** What an insight about a signal of each kind is filed under; the second, where there is one, where somebody is named. */
const CATEGORIES: Readonly<Record<SignalKind, readonly [InsightCategory, InsightCategory?]>> = {
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

/** Kinds that are filed by whether they name somebody. */
export const KINDS_BY_SUBJECT = SIGNAL_KINDS.filter((kind) => CATEGORIES[kind].length > 1);

export function categoryOfKind(kind: SignalKind, namesSomebody: boolean): InsightCategory {
  const [ofNobody, ofSomebody = ofNobody] = CATEGORIES[kind];
  return namesSomebody ? ofSomebody : ofNobody;
}

export function categoryOfSignal({ kind, subject }: Pick<Signal, "kind" | "subject">): InsightCategory {
  return categoryOfKind(kind, subject !== null);
}
