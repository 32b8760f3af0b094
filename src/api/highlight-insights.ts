import type { Highlight, Insight, InsightList } from "#contract";
import { type Database, search } from "#store";

/** Where the searched words stand in what readers are shown. */
export async function highlightInsights(
  db: Database,
  insights: readonly Insight[],
  words: string | undefined,
): Promise<InsightList["highlights"]> {
  if (words === undefined || insights.length === 0) return {};
  const marked = await search.markWords(
    db,
    words,
    insights.flatMap(({ headline, summary }) => [headline, summary]),
  );
  return Object.fromEntries(
    insights.map(({ id }, index) => {
      const [headline = "", summary = ""] = marked.slice(2 * index);
      return [id, { headline: piecesOf(headline), summary: piecesOf(summary) }];
    }),
  );
}

/** Marks come in pairs, so pieces alternate: not found, found, not found, … */
function piecesOf(marked: string): Highlight["headline"] {
  return marked
    .split(new RegExp(`[${search.MARKS.start}${search.MARKS.end}]`))
    .map((text, index) => ({ text, found: index % 2 === 1 }))
    .filter(({ text }) => text !== "");
}
