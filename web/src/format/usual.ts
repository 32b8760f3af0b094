import type { Insight } from "#contract";
import { formatQuantity } from "./quantity.ts";

type Measured = Pick<Insight["evidence"]["metrics"][number], "unit" | "baseline">;

/** Below it a block's transfers are not kept (docs/signals/large-transfer.md), so that nothing is known of them. */
const LEAST_TRANSFER = "100 BTC";

/** What a value was held against: what is usual, where that was asked; `null` where nothing was. */
export function formatUsual(kind: Insight["kind"], { unit, baseline }: Measured): string | null {
  if (baseline === null) return null;
  if (kind === "large-transfer" && baseline === 0) return `below ${LEAST_TRANSFER}`;
  return formatQuantity(unit, baseline);
}

/** The same as the end of a sentence. */
export function explainUsual(kind: Insight["kind"], measured: Measured): string {
  const usual = formatUsual(kind, measured);
  if (usual === null) return "";
  return kind === "hash-rate" ? `, ${usual} in the two days before` : `, usually ${usual}`;
}
