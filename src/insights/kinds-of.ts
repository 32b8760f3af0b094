import type { SignalKind } from "#signals";
import type { Insight } from "./insight.ts";

/** Every kind of signal that an insight tells of: its own first, then those that told of the same spending. */
export function kindsOf({ kind, evidence }: Pick<Insight, "kind" | "evidence">): readonly SignalKind[] {
  return [kind, ...(evidence.also ?? [])];
}
