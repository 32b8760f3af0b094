import { sql } from "kysely";
import type { BlockHash } from "#bitcoin";
import type { BlockFeatures } from "#features";
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

type BlockQuery = { readonly limit: number; readonly before?: number | undefined };

/** Blocks below a height, highest first: of the chain where one is stored, else of the set. */
export async function listBlocks(db: Database, { limit, before }: BlockQuery): Promise<readonly BlockLine[]> {
  const { rows } = await sql<BlockLineRow>`
    SELECT header.height, header.hash, header.time, header.size, header.weight, feature.pool_name AS pool, feature.txs,
      feature.totalfee AS fees, feature.feerate_percentiles_exact AS rates, feature.total_out AS "totalOut",
      feature.subsidy, (SELECT count(*) FROM signals WHERE blockhash = header.hash)::integer AS signals
    FROM block_headers AS header JOIN block_features AS feature ON feature.blockhash = header.hash
    WHERE ${IS_OF_CHAIN} AND header.height < ${before ?? 2 ** 31 - 1}
    ORDER BY header.height DESC LIMIT ${limit}`.execute(db);
  return rows.map(({ hash, rates, ...line }) => ({
    ...line,
    hash: blockHashOfColumn(hash),
    feeRates: rates === null ? null : [rates[0] ?? 0, rates[2] ?? 0, rates[4] ?? 0],
  }));
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
