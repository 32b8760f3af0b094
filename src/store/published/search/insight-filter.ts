import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { InsightCategory, InsightStatus } from "#insights";
import type { SignalKind } from "#signals";
import { bytesOf } from "../../database/hash-column.ts";

/** Which insights are wanted; what is missing narrows nothing. */
export type InsightFilter = {
  readonly categories?: readonly InsightCategory[] | undefined;
  readonly kinds?: readonly SignalKind[] | undefined;
  readonly statuses?: readonly InsightStatus[] | undefined;
  /** Insights that state no confidence have none. */
  readonly minConfidence?: number | undefined;
  /** Header times of the blocks, unix seconds; `to` is not included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly fromHeight?: number | undefined;
  readonly toHeight?: number | undefined;
  /** Whom it is about. */
  readonly entity?: string | undefined;
  /** Its category, one of its kinds, or somebody whom it names. */
  readonly tag?: string | undefined;
  /** Words, a transaction id, a block hash or a height. */
  readonly text?: string | undefined;
};

type Condition = RawBuilder<SqlBool>;

/** All of a filter, as one condition on `current_insights`. */
export function conditionOf(filter: InsightFilter): Condition {
  return sql.join([sql`true`, ...narrowing(filter)], sql` AND `) as Condition;
}

function narrowing({ categories, kinds, statuses, minConfidence, ...rest }: InsightFilter): Condition[] {
  const { from, to, fromHeight, toHeight, entity, tag, text } = rest;
  return [
    categories && isOneOf("category", categories),
    kinds && isOneOf("kind", kinds),
    statuses && isOneOf("status", statuses),
    minConfidence === undefined ? undefined : sql<SqlBool>`confidence >= ${minConfidence}`,
    from === undefined ? undefined : sql<SqlBool>`block_time >= ${from}`,
    to === undefined ? undefined : sql<SqlBool>`block_time < ${to}`,
    fromHeight === undefined ? undefined : sql<SqlBool>`block_height >= ${fromHeight}`,
    toHeight === undefined ? undefined : sql<SqlBool>`block_height <= ${toHeight}`,
    entity === undefined ? undefined : sql<SqlBool>`evidence->'subject'->>'actor' = ${entity}`,
    tag === undefined ? undefined : sql<SqlBool>`insight_tags(category, kind, evidence) @> ${[tag]}::text[]`,
    text === undefined ? undefined : mentions(text),
  ].filter((condition) => condition !== undefined);
}

/** Those of one value lie in an index in the order of lists; those of several do not. */
function isOneOf(column: string, values: readonly string[]): Condition {
  const [value] = values;
  return values.length === 1
    ? sql<SqlBool>`${sql.ref(column)} = ${value}`
    : sql<SqlBool>`${sql.ref(column)} = ANY (${values}::text[])`;
}

const HASH = /^[0-9a-f]{64}$/i;
const HEIGHT = /^\d{1,7}$/;

/** Whether a text is looked for in the words of insights alone, in which one meets it better than another. */
export function isOfWords(text: string): boolean {
  return !HASH.test(text) && !HEIGHT.test(text);
}

function mentions(text: string): Condition {
  if (HASH.test(text)) {
    const hash = text.toLowerCase();
    const transaction = JSON.stringify([{ txid: hash }]);
    return sql`(current_insights.block_hash = ${bytesOf(hash)} OR evidence->'transactions' @> ${transaction}::jsonb)`;
  }
  const found = sql`SELECT insight_id, block_hash FROM insight_documents WHERE document @@ ${wordsOf(text)}`;
  // Either of two conditions on the same row would have every row looked at.
  const atHeight = sql`SELECT id, block_hash FROM insights WHERE block_height = ${Number(text)}`;
  const wanted = HEIGHT.test(text) ? sql`${found} UNION ALL ${atHeight}` : found;
  return sql<SqlBool>`EXISTS (
    SELECT FROM (${wanted}) AS words
    WHERE words.insight_id = current_insights.id AND words.block_hash = current_insights.block_hash)`;
}

const PLAIN_WORDS = /^[\p{L}\p{N}]+(\s+[\p{L}\p{N}]+)*$/u;

/** Whoever is still typing means the beginning of the last word. Quotes, `or` and `-` mean what they do elsewhere. */
export function wordsOf(text: string): RawBuilder<unknown> {
  const trimmed = text.trim();
  if (!PLAIN_WORDS.test(trimmed) || /\bor\b/i.test(trimmed)) return sql`websearch_to_tsquery('english', ${trimmed})`;
  return sql`to_tsquery('english', ${`${trimmed.split(/\s+/).join(" & ")}:*`})`;
}
