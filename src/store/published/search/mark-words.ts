import { sql } from "kysely";
import type { Database } from "../../database/schema.ts";
import { wordsOf } from "./insight-filter.ts";

/** Around what was found; in no text of ours. */
export const MARKS = { start: "\uE000", end: "\uE001" } as const;

/** Texts with marks around the words that a search found in them, in the order of the texts. */
export async function markWords(db: Database, words: string, texts: readonly string[]): Promise<readonly string[]> {
  const options = `HighlightAll=true, StartSel=${MARKS.start}, StopSel=${MARKS.end}`;
  const { rows } = await sql<{ marked: string }>`
    SELECT ts_headline('english', text, ${wordsOf(words)}, ${options}) AS marked
    FROM unnest(${texts}::text[]) WITH ORDINALITY AS given (text, place) ORDER BY place`.execute(db);
  return rows.map(({ marked }) => marked);
}
