import type { ModerationList } from "#contract";

type Flag = ModerationList["flags"][number];

/** All that was flagged of one insight. */
export type Flagged = { readonly insightId: string; readonly reasons: string; readonly flags: readonly Flag[] };

/** By insight, in the order of the newest flag of each; `reasons` counts them: `misleading 2, spam`. */
export function groupFlags(flags: readonly Flag[]): readonly Flagged[] {
  return [...Map.groupBy(flags, ({ insightId }) => insightId)].map(([insightId, own]) => ({
    insightId,
    flags: own,
    reasons: [...Map.groupBy(own, ({ reason }) => reason)]
      .map(([reason, { length }]) => (length === 1 ? reason : `${reason} ${length}`))
      .join(", "),
  }));
}
