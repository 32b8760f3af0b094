import type { Insight } from "#insights";

/** The newest insight of each kind, of one that went on its last state, and the newest that tells a spending from several sides. */
export function newestOfKinds(insights: readonly Insight[]): readonly Insight[] {
  const ofKinds = new Map<string, Insight>();
  for (const insight of insights) {
    const { blocks, also } = insight.evidence;
    ofKinds.set(insight.kind, insight);
    if (blocks.length > 1) ofKinds.set(`${insight.kind}, gone on`, insight);
    if (also !== undefined) ofKinds.set(`${insight.kind}, ${also.join(", ")}`, insight);
  }
  return [...new Set(ofKinds.values())];
}
