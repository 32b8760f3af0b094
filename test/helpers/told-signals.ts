import type { FoundSignal, Signal } from "#signals";

/** What is told of what a detector found, without what goes on. */
export function toldSignals(found: readonly FoundSignal[]): readonly Signal[] {
  return found.filter(({ goesOn }) => goesOn === undefined);
}
