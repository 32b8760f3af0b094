import type { Label } from "./label.ts";

/** How much a way of knowing is worth. GraphSense's words, and ours for what the operator says himself. */
const RANKS: Readonly<Record<string, number>> = {
  override: 200,
  ownership: 100,
  manual_transaction: 90,
  ledger_immanent: 90,
  service_api: 80,
  authority_data: 75,
  service_data: 70,
  trusted_provider: 60,
  forensic: 50,
  untrusted_transaction: 40,
  web_crawl: 20,
  heuristic: 10,
};

const UNKNOWN_RANK = 5;
/** Of GraphSense's scale: what it knows best. */
const SURE = 100;
const DAY_MS = 86_400_000;
/** More days than any date of a label has. */
const DAYS = 100_000;

/**
 * Which of several labels of one script the lookup tells: the higher confidence, then the newer edition, both in this
 * number; among equals the smaller key of the actor, then the kind, in the order of their UTF-16 units. No
 * machine, file order or language decides otherwise.
 */
export function precedenceOf({ confidence, edited }: Pick<Label, "confidence" | "edited">): number {
  const rank = rankOf(confidence) ?? UNKNOWN_RANK;
  const days = edited === null ? 0 : Math.min(DAYS - 1, Math.max(0, Math.floor(Date.parse(edited) / DAY_MS)));
  return rank * DAYS + (Number.isNaN(days) ? 0 : days);
}

/**
 * 0…1: how sure a label is by its own word, on GraphSense's scale of ways of knowing; `undefined` where it does not say, or
 * says what is not on that scale. What the operator says himself is sure.
 */
export function certaintyOf({ confidence }: Pick<Label, "confidence">): number | undefined {
  const rank = rankOf(confidence);
  return rank === undefined ? undefined : Math.min(rank, SURE) / SURE;
}

function rankOf(confidence: string | null): number | undefined {
  return confidence === null ? undefined : RANKS[confidence.trim().toLowerCase()];
}

type Named = { readonly key: string; readonly kind: string };

/** Whether the first goes before the second, of the same confidence and date. */
export function isNamedBefore(left: Named, right: Named): boolean {
  return left.key === right.key ? left.kind < right.kind : left.key < right.key;
}
