import { type RawBuilder, type SqlBool, sql } from "kysely";
import { categoryOfKind, type InsightCategory, KINDS_BY_SUBJECT } from "#insights";
import { type Signal, SIGNAL_KINDS, type SignalKind } from "#signals";
import { DISORDERED } from "../blocks/disordered.ts";
import { IS_OF_CHAIN } from "../blocks/of-chain.ts";
import { blockHashOfColumn } from "../database/hash-column.ts";
import type { Database } from "../database/schema.ts";

/** Which signals are wanted; what is missing narrows nothing. */
export type SignalFilter = {
  readonly kinds?: readonly SignalKind[] | undefined;
  /** What insights about them are filed under. */
  readonly categories?: readonly InsightCategory[] | undefined;
  /** Whom it is about. */
  readonly entity?: string | undefined;
  readonly fromHeight?: number | undefined;
  readonly toHeight?: number | undefined;
  /** Header times, unix seconds; `to` is not included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Percent of its own history that it exceeds; signals that were compared with nothing exceed nothing. */
  readonly minPercentile?: number | undefined;
};

/** A place in the chain: what comes after it in a list is below it. */
export type SignalPlace = { readonly height: number; readonly ordinal: number };

/** What stands out in a stored block, by its number there. */
export type StoredSignal = Signal & { readonly ordinal: number; readonly time: number };

type SignalQuery = { readonly limit: number; readonly before?: SignalPlace | undefined } & SignalFilter;

/** Of the blocks of the chain or the set, the highest block first. */
export async function listSignals(db: Database, query: SignalQuery): Promise<readonly StoredSignal[]> {
  const { limit, kinds, categories } = query;
  const wanted = (kinds ?? categories) ? (kinds ?? SIGNAL_KINDS).filter(isFiledUnder(categories)) : undefined;
  const conditions = sql.join([IS_OF_CHAIN, ...narrowing(query)], sql` AND `);
  // Kind by kind, each the highest first: all of several kinds lie in no such order.
  const { rows } = await sql<SignalRow>`
    SELECT signal.*
    FROM unnest(${wanted ?? [null]}::text[]) AS wanted (kind)
    CROSS JOIN LATERAL (
      SELECT signal.*, header.time FROM signals AS signal JOIN block_headers AS header ON header.hash = signal.blockhash
      WHERE ${wanted === undefined ? sql`true` : sql`signal.kind = wanted.kind`} AND ${conditions}
      ORDER BY signal.height DESC, signal.ordinal DESC LIMIT ${limit}
    ) AS signal
    ORDER BY signal.height DESC, signal.ordinal DESC LIMIT ${limit}`.execute(db);
  return rows.map(signalOfRow);
}

function isFiledUnder(categories: readonly InsightCategory[] | undefined): (kind: SignalKind) => boolean {
  return (kind) =>
    categories === undefined || [true, false].some((names) => categories.includes(categoryOfKind(kind, names)));
}

function narrowing(query: SignalQuery): RawBuilder<SqlBool>[] {
  const { before, entity, fromHeight, toHeight, from, to, minPercentile, categories } = query;
  return [
    before && sql<SqlBool>`(signal.height, signal.ordinal) < (${before.height}, ${before.ordinal})`,
    before && sql<SqlBool>`signal.height <= ${before.height}`,
    categories && isAboutOneOf(categories),
    entity === undefined ? undefined : sql<SqlBool>`signal.detail->'subject'->>'actor' = ${entity}`,
    fromHeight === undefined ? undefined : sql<SqlBool>`signal.height >= ${fromHeight}`,
    toHeight === undefined ? undefined : sql<SqlBool>`signal.height <= ${toHeight}`,
    from === undefined ? undefined : sql<SqlBool>`header.time >= ${from} AND signal.height >= ${firstFrom(from)}`,
    to === undefined ? undefined : sql<SqlBool>`header.time < ${to} AND signal.height <= ${lastBefore(to)}`,
    minPercentile === undefined ? undefined : sql<SqlBool>`signal.surprise_percentile >= ${minPercentile}`,
  ].filter((condition) => condition !== undefined);
}

/** Kinds that are filed under one category where they name somebody and under another where they do not. */
function isAboutOneOf(categories: readonly InsightCategory[]): RawBuilder<SqlBool> {
  const leftOut = (names: boolean): readonly SignalKind[] =>
    KINDS_BY_SUBJECT.filter((kind) => !categories.includes(categoryOfKind(kind, names)));
  return sql`NOT CASE WHEN signal.detail->>'subject' IS NULL THEN signal.kind = ANY (${leftOut(false)}::text[])
    ELSE signal.kind = ANY (${leftOut(true)}::text[]) END`;
}

/** So that heights narrow what times would have looked up in every block. */
function firstFrom(time: number): RawBuilder<number> {
  return sql`coalesce((SELECT height FROM block_headers WHERE time >= ${time} ORDER BY time LIMIT 1), ${2 ** 31 - 1}) - ${DISORDERED}`;
}

function lastBefore(time: number): RawBuilder<number> {
  return sql`coalesce((SELECT height FROM block_headers WHERE time < ${time} ORDER BY time DESC LIMIT 1), -1) + ${DISORDERED}`;
}

type SignalRow = {
  readonly blockhash: Buffer;
  readonly ordinal: number;
  readonly kind: SignalKind;
  readonly height: number;
  readonly time: number;
  readonly surprise_percentile: number | null;
  readonly surprise_sample_size: number | null;
  readonly detail: Omit<Signal, "blockhash" | "kind" | "height" | "surprise">;
};

function signalOfRow({ blockhash, ordinal, kind, height, time, detail, ...row }: SignalRow): StoredSignal {
  const { surprise_percentile: percentile, surprise_sample_size: sampleSize } = row;
  const surprise = percentile === null || sampleSize === null ? null : { percentile, sampleSize };
  return { ...detail, kind, height, time, ordinal, blockhash: blockHashOfColumn(blockhash), surprise };
}
