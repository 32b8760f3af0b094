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
const DAY_MS = 86_400_000;
/** More days than any date of a label has. */
const DAYS = 100_000;

/**
 * Which of several labels of one script the lookup tells: the higher confidence, then the newer edition, both in this
 * number; among equals the smaller key of the actor, then the kind, in the order of their UTF-16 units. No
 * machine, file order or language decides otherwise.
 */
export function precedenceOf({ confidence, edited }: Pick<Label, "confidence" | "edited">): number {
  const rank = confidence === null ? UNKNOWN_RANK : (RANKS[confidence.trim().toLowerCase()] ?? UNKNOWN_RANK);
  const days = edited === null ? 0 : Math.min(DAYS - 1, Math.max(0, Math.floor(Date.parse(edited) / DAY_MS)));
  return rank * DAYS + (Number.isNaN(days) ? 0 : days);
}

type Named = { readonly key: string; readonly kind: string };

/** Whether the first goes before the second, of the same confidence and date. */
export function isNamedBefore(left: Named, right: Named): boolean {
  return left.key === right.key ? left.kind < right.kind : left.key < right.key;
}
