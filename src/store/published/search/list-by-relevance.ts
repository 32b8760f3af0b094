import { sql, type SqlBool } from "kysely";
import type { Database } from "../../database/schema.ts";
import type { FoundInsight, InsightQuery } from "../insight-query.ts";
import { ofCurrentRow, selectCurrent } from "../select-current.ts";
import { conditionOf, wordsOf } from "./insight-filter.ts";
import { newestMatches } from "./newest-matches.ts";

/** What is looked at first, of each that is wanted; further looks take more at a time. */
const FIRST_LOOK = 4;

type Candidate = {
  readonly insight_id: string;
  readonly block_hash: Buffer;
  readonly published_event_id: number;
  readonly rank: string;
};

/**
 * Those that meet the words of the filter best, of equals the newest; of a common word among the newest that meet it. Ranked by their words alone first, as few have to be
 * looked at beside where they stand now.
 */
export async function listByRelevance(db: Database, query: InsightQuery): Promise<readonly FoundInsight[]> {
  const { limit, filter = {} } = query;
  const { text = "", ...rest } = filter;
  const found: FoundInsight[] = [];
  let { after } = query;
  for (let look = FIRST_LOOK * limit; ; look *= FIRST_LOOK) {
    const candidates = await listCandidates(db, { text, after, limit: look });
    const ids = candidates.map(({ insight_id: id }) => id);
    const rows = await selectCurrent(db)
      .where(sql<SqlBool>`current_insights.id = ANY (${ids}::text[])`)
      .where(conditionOf(rest))
      .execute();
    const current = new Map(rows.map((row) => [keyOf(row.id, row.block_hash), row]));
    for (const { insight_id: id, block_hash: blockHash, rank } of candidates) {
      const row = current.get(keyOf(id, blockHash));
      if (row !== undefined) found.push({ ...ofCurrentRow(row), rank });
    }
    const last = candidates.at(-1);
    if (found.length >= limit || last === undefined || candidates.length < look) return found.slice(0, limit);
    after = { before: last.published_event_id, rank: last.rank };
  }
}

type Look = Pick<InsightQuery, "after" | "limit"> & { readonly text: string };

async function listCandidates(db: Database, { text, after, limit }: Look): Promise<readonly Candidate[]> {
  const rank = sql`ts_rank(document, ${wordsOf(text)})`;
  const isAfter =
    after === undefined
      ? sql<SqlBool>`true`
      : sql<SqlBool>`(${rank}, published_event_id) < (${after.rank ?? "0"}::real, ${after.before})`;
  const { rows } = await sql<Candidate>`
    SELECT insight_id, block_hash, published_event_id, (${rank})::text AS rank
    FROM (${newestMatches(text)}) AS matches WHERE ${isAfter}
    ORDER BY ${rank} DESC, published_event_id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** An insight that goes on has a row of each block in which it was told. */
function keyOf(id: string, blockHash: Buffer): string {
  return `${id} ${blockHash.toString("hex")}`;
}
