import type { Insight } from "./insight.ts";
import { kindsOf } from "./kinds-of.ts";

/** Words under which an insight is found: its category, the kinds that told of it, and whom it names. */
export function tagsOf(insight: Insight): readonly string[] {
  return [...new Set([insight.category, ...kindsOf(insight), ...partiesOf(insight)])];
}

/** Whom an insight names, each once. */
function partiesOf({ evidence: { subject, slots } }: Pick<Insight, "evidence">): readonly string[] {
  const named = Object.values(slots).flatMap((slot) => (slot.unit === "name" ? [slot.value] : []));
  return [...new Set([...(subject === null || subject === undefined ? [] : [subject.actor]), ...named])];
}
