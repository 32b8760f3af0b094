import { sql } from "kysely";
import type { BlockHash } from "#bitcoin";
import type { BlockFeatures } from "#features";
import { invariant } from "#lib";
import { featuresOfRow } from "../blocks/block-rows.ts";
import { IS_OF_CHAIN } from "../blocks/of-chain.ts";
import { blockHashOfColumn, bytesOf } from "../database/hash-column.ts";
import type { Database } from "../database/schema.ts";

/** What a list shows of a block. Amounts in satoshis, fee rates in sat/vB, times in unix seconds. */
export type BlockLine = {
  readonly height: number;
  readonly hash: BlockHash;
  readonly time: number;
  readonly pool: string | null;
  readonly txs: number;
  readonly size: number;
  readonly weight: number;
  readonly fees: number | null;
  /** 10th, 50th and 90th percentile by weight. */
  readonly feeRates: readonly [number, number, number] | null;
  readonly totalOut: number;
  readonly subsidy: number;
  readonly signals: number;
};

type BlockQuery = {
  readonly limit: number;
  /** The height above all that are listed. */
  readonly before?: number | undefined;
  /** The lowest height that is listed. */
  readonly from?: number | undefined;
};

/** Blocks of a range of heights, highest first: of the chain where one is stored, else of the set. */
export async function listBlocks(db: Database, { limit, before, from }: BlockQuery): Promise<readonly BlockLine[]> {
  const { rows } = await sql<BlockLineRow>`
    SELECT ${OF_BLOCK}, (SELECT count(*) FROM signals WHERE blockhash = header.hash)::integer AS signals
    FROM block_headers AS header JOIN block_features AS feature ON feature.blockhash = header.hash
    WHERE ${IS_OF_CHAIN} AND header.height < ${before ?? 2 ** 31 - 1} AND header.height >= ${from ?? 0}
    ORDER BY header.height DESC LIMIT ${limit}`.execute(db);
  return rows.map(lineOfRow);
}

const OF_BLOCK = sql`header.height, header.hash, header.time, header.size, header.weight, feature.pool_name AS pool, feature.txs,
  feature.totalfee AS fees, feature.feerate_percentiles_exact AS rates, feature.total_out AS "totalOut", feature.subsidy`;

/** What blocks are sorted by, as SQL. */
const ORDERS = {
  height: sql`height`,
  time: sql`time`,
  pool: sql`pool`,
  txs: sql`txs`,
  size: sql`size`,
  weight: sql`weight`,
  fees: sql`fees`,
  low: sql`rates[1]`,
  median: sql`rates[3]`,
  high: sql`rates[5]`,
  totalOut: sql`"totalOut"`,
  signals: sql`signals`,
} as const;

export type BlockOrder = { readonly by: keyof typeof ORDERS; readonly falling: boolean };

/** `-fees,height`: names that the contract lets through, each with `-` before it to fall. */
export function readBlockOrders(text: string): readonly BlockOrder[] {
  return text.split(",").map((part) => {
    const by = (Object.keys(ORDERS) as (keyof typeof ORDERS)[]).find((name) => name === part.replace("-", ""));
    invariant(by !== undefined, `blocks are sorted by ${Object.keys(ORDERS).join(", ")}`);
    return { by, falling: part.startsWith("-") };
  });
}

/** Among so many of the newest blocks. */
const SORTED_BLOCKS = 10_000;

type SortedQuery = {
  readonly orders: readonly BlockOrder[];
  readonly among?: number;
  /** Height of the newest of these; absent for the newest of all. */
  readonly top?: number | undefined;
  /** Rows that pages before have shown. */
  readonly skip: number;
  readonly limit: number;
};

export type SortedBlocks = { readonly lines: readonly BlockLine[]; readonly top: number };

/** The newest blocks in another order than that of their heights; what is not known comes last, of equals the highest first. */
export async function sortBlocks(db: Database, query: SortedQuery): Promise<SortedBlocks> {
  const { orders, among = SORTED_BLOCKS, top: highest = 2 ** 31 - 1, skip, limit } = query;
  const { rows: spans } = await sql<{ from: number; top: number }>`
    SELECT min(height) AS from, max(height) AS top FROM (
      SELECT height FROM block_headers AS header WHERE ${IS_OF_CHAIN} AND header.height <= ${highest}
      ORDER BY header.height DESC LIMIT ${among}) AS newest
    HAVING count(*) > 0`.execute(db);
  const [span] = spans;
  if (span === undefined) return { lines: [], top: 0 };
  const { from, top } = span;
  const order = orders.map(({ by, falling }) => sql`${ORDERS[by]} ${sql.raw(falling ? "DESC" : "ASC")} NULLS LAST`);
  // Each table by its heights: block by block is eight times as much work.
  const { rows } = await sql<BlockLineRow>`
    WITH told AS (
      SELECT blockhash, count(*)::integer AS signals FROM signals WHERE height BETWEEN ${from} AND ${top} GROUP BY blockhash),
    lines AS (
      SELECT ${OF_BLOCK}, coalesce(told.signals, 0) AS signals
      FROM block_headers AS header
      JOIN block_features AS feature ON feature.blockhash = header.hash AND feature.height BETWEEN ${from} AND ${top}
      LEFT JOIN told ON told.blockhash = header.hash
      WHERE ${IS_OF_CHAIN} AND header.height BETWEEN ${from} AND ${top})
    SELECT * FROM lines ORDER BY ${sql.join([...order, sql`height DESC`])} OFFSET ${skip} LIMIT ${limit}`.execute(db);
  return { lines: rows.map(lineOfRow), top };
}

function lineOfRow({ hash, rates, ...line }: BlockLineRow): BlockLine {
  return {
    ...line,
    hash: blockHashOfColumn(hash),
    feeRates: rates === null ? null : [rates[0] ?? 0, rates[2] ?? 0, rates[4] ?? 0],
  };
}

type BlockLineRow = Omit<BlockLine, "hash" | "feeRates"> & {
  readonly hash: Buffer;
  readonly rates: readonly number[] | null;
};

export type StoredBlock = {
  readonly hash: BlockHash;
  readonly prevHash: BlockHash;
  readonly connected: boolean;
  readonly version: number;
  readonly bits: number;
  readonly size: number;
  readonly weight: number;
  readonly features: BlockFeatures;
};

/** By hash, or by height: then the chain's, else one of the set. */
export async function findBlock(db: Database, block: BlockHash | number): Promise<StoredBlock | undefined> {
  const row = await db
    .selectFrom("block_headers")
    .innerJoin("block_features", "block_features.blockhash", "block_headers.hash")
    .selectAll("block_features")
    .select(["hash", "prev_hash", "connected", "version", "bits", "size", "weight"])
    .where((where) =>
      typeof block === "number" ? where("block_headers.height", "=", block) : where("hash", "=", bytesOf(block)),
    )
    .orderBy("connected", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { hash, prev_hash: prevHash, connected, version, bits, size, weight, ...features } = row;
  return {
    hash: blockHashOfColumn(hash),
    prevHash: blockHashOfColumn(prevHash),
    connected,
    version,
    bits,
    size,
    weight,
    features: featuresOfRow(features),
  };
}
