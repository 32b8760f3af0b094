import { type RawBuilder, sql, type SqlBool } from "kysely";
import type { Database } from "../../database/schema.ts";
import type { FoundInsight, InsightQuery } from "../insight-query.ts";
import { ofCurrentRow, selectCurrent } from "../select-current.ts";
import { conditionOf, type InsightFilter, wordsOf } from "./insight-filter.ts";
import { newestMatches } from "./newest-matches.ts";

/** What is looked at first, of each that is wanted; further looks take more at a time. */
const FIRST_LOOK = 4;

type Key = { readonly insight_id: string; readonly block_hash: Buffer };

type Candidate = Key & {
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
  const found: Candidate[] = [];
  let after: Place | undefined = query.after;
  for (let look = FIRST_LOOK * limit; ; look *= FIRST_LOOK) {
    const candidates = await listCandidates(db, { text, after, limit: look });
    const standing = await listStanding(db, candidates, rest);
    found.push(...candidates.filter((candidate) => standing.has(keyOf(candidate))));
    const last = candidates.at(-1);
    if (found.length >= limit || last === undefined || candidates.length < look) break;
    after = { before: last.published_event_id, rank: last.rank, blockHash: last.block_hash };
  }
  return readAll(db, found.slice(0, limit));
}

/** Which of them stand now, and are what else is wanted. */
async function listStanding(
  db: Database,
  candidates: readonly Candidate[],
  filter: InsightFilter,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<Key>`
    SELECT id AS insight_id, block_hash FROM current_insights
    WHERE id = ANY (${candidates.map(({ insight_id: id }) => id)}::text[]) AND ${conditionOf(filter)}`.execute(db);
  return new Set(rows.map(keyOf));
}

/** What an insight tells, and what came of it, is much more than what it is chosen by. */
async function readAll(db: Database, chosen: readonly Candidate[]): Promise<readonly FoundInsight[]> {
  const ids = chosen.map(({ insight_id: id }) => id);
  const rows = await selectCurrent(db)
    .where(sql<SqlBool>`current_insights.id = ANY (${ids}::text[])`)
    .execute();
  const byKey = new Map(rows.map((row) => [keyOf({ insight_id: row.id, block_hash: row.block_hash }), row]));
  return chosen.flatMap((candidate) => {
    const row = byKey.get(keyOf(candidate));
    // It may have come to stand elsewhere since.
    return row === undefined ? [] : [{ ...ofCurrentRow(row), rank: candidate.rank }];
  });
}

/** Rows of one insight are alike in all but their block: a look may end among them, a page does not. */
type Place = NonNullable<InsightQuery["after"]> & { readonly blockHash?: Buffer };

type Look = { readonly text: string; readonly after: Place | undefined; readonly limit: number };

async function listCandidates(db: Database, { text, after, limit }: Look): Promise<readonly Candidate[]> {
  const rank = sql`ts_rank(document, ${wordsOf(text)})`;
  const isAfter = after === undefined ? sql<SqlBool>`true` : isBelow(rank, after);
  const { rows } = await sql<Candidate>`
    SELECT insight_id, block_hash, published_event_id, (${rank})::text AS rank
    FROM (${newestMatches(text)}) AS matches WHERE ${isAfter}
    ORDER BY ${rank} DESC, published_event_id DESC, block_hash DESC LIMIT ${limit}`.execute(db);
  return rows;
}

function isBelow(rank: RawBuilder<unknown>, { rank: last = "0", before, blockHash }: Place): RawBuilder<SqlBool> {
  return blockHash === undefined
    ? sql<SqlBool>`(${rank}, published_event_id) < (${last}::real, ${before})`
    : sql<SqlBool>`(${rank}, published_event_id, block_hash) < (${last}::real, ${before}, ${blockHash})`;
}

/** An insight that goes on has a row of each block in which it was told. */
function keyOf({ insight_id: id, block_hash: blockHash }: Key): string {
  return `${id} ${blockHash.toString("hex")}`;
}
