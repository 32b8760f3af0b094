import { type RawBuilder, sql } from "kysely";
import { wordsOf } from "./insight-filter.ts";

/** Of insights that meet words no more are ranked or counted: of a common word that would be nearly all there are. */
export const MOST_MATCHES = 2_000;

/** Rows of `insight_documents` that meet words: the newest, where there are more than {@link MOST_MATCHES}. */
export function newestMatches(text: string): RawBuilder<unknown> {
  return sql`SELECT insight_id, block_hash, published_event_id, document FROM insight_documents
    WHERE document @@ ${wordsOf(text)} ORDER BY published_event_id DESC LIMIT ${sql.lit(MOST_MATCHES)}`;
}
