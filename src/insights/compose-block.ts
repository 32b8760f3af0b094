import type { EventUpdate, Signal } from "#signals";
import { type ComposeContext, composeInsight } from "./compose-insight.ts";
import { composeUpdate, isToldNow } from "./compose-update.ts";
import type { Insight } from "./insight.ts";
import { mergeInsights } from "./merge-insights.ts";

export type ComposedBlock = {
  /** What each signal says by itself, in their order: each claims for itself. */
  readonly said: readonly Insight[];
  /** What is told in this block for the first time, each event once. */
  readonly insights: readonly Insight[];
  /** Of events that were told in earlier blocks, how they stand now. */
  readonly updates: readonly Insight[];
};

/** All that is said of a block: several signals about one event, of this block or of those before, are one insight. */
export function composeBlock(
  { signals, updates }: { readonly signals: readonly Signal[]; readonly updates: readonly EventUpdate[] },
  context: ComposeContext,
): ComposedBlock {
  const said = signals.map((signal) => composeInsight(signal, context));
  const led = new Map(updates.filter(isToldNow).map((update) => [update.now, update]));
  const elsewhere = new Set(
    updates.flatMap(({ first, now, payments }) => [
      ...payments.map(({ signal }) => signal),
      ...(first === now && !led.has(now) ? [now] : []),
    ]),
  );
  const told = signals.flatMap((signal, place) => {
    const update = led.get(signal);
    if (update !== undefined) return [composeUpdate(update, context)];
    return elsewhere.has(signal) ? [] : (said[place] ?? []);
  });
  return {
    said,
    insights: mergeInsights(told),
    updates: updates.filter((update) => !isToldNow(update)).map((update) => composeUpdate(update, context)),
  };
}
