import type { Insight } from "./insight.ts";

/** Words under which an insight is found: its category, the kinds that told of it, and whom it names. */
export function tagsOf({ category, kind, evidence }: Insight): readonly string[] {
  return [...new Set([category, kind, ...(evidence.also ?? []), ...partiesOf({ evidence })])];
}

/** Whom an insight names, each once. */
function partiesOf({ evidence: { subject, slots } }: Pick<Insight, "evidence">): readonly string[] {
  const named = Object.values(slots).flatMap((slot) => (slot.unit === "name" ? [slot.value] : []));
  return [...new Set([...(subject === null || subject === undefined ? [] : [subject.actor]), ...named])];
}
