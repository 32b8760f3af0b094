import type { BlockHash } from "#bitcoin";
import type { BundleHead } from "#insights";
import type { BlockRow } from "#signals";
import { blockHashOfColumn, bytesOf } from "../database/hash-column.ts";
import type { Database } from "../database/schema.ts";
import { featuresOfRow } from "./block-rows.ts";
import { listRecentFeatures, rowsOf } from "./recent-rows.ts";

/** A stored block and those before it, as detectors saw them when it was read. */
export type LookBackRows = Pick<BundleHead, "connected" | "labelVersion" | "base"> & {
  /** Ascending by height; the block itself is the last. */
  readonly rows: readonly BlockRow[];
};

type LookBack = {
  readonly hash: BlockHash;
  /** How many before the block. */
  readonly blocks: number;
  /** Lower ones are left out, which were read later. */
  readonly fromHeight?: number | undefined;
};

/**
 * The rows that a block's signals follow from, by labels up to the version by which it was read first: later ones told
 * its blocks anew and made no signal. `undefined` where the block is not stored.
 */
export async function findLookBack(
  db: Database,
  { hash, blocks, fromHeight = 0 }: LookBack,
): Promise<LookBackRows | undefined> {
  const row = await db
    .selectFrom("block_headers")
    .innerJoin("block_features", "block_features.blockhash", "block_headers.hash")
    .selectAll("block_features")
    .select("connected")
    .select((select) =>
      select
        .selectFrom("block_flows")
        .select((flows) => flows.fn.min("label_version").as("version"))
        .whereRef("block_flows.blockhash", "=", "block_headers.hash")
        .as("label_version"),
    )
    .where("hash", "=", bytesOf(hash))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { connected, label_version: version, ...columns } = row;
  const features = featuresOfRow(columns);
  const labelVersion = version ?? 0;
  const howMany = Math.min(blocks, features.height - fromHeight) + 1;
  const all = connected ? await listRecentFeatures(db, howMany, features.height) : [features];
  const rows = await rowsOf(db, all, { connected, labelVersion });
  const first = all[0] ?? features;
  return { connected, labelVersion, base: await baseOf(db, first.blockhash, connected), rows };
}

async function baseOf(db: Database, hash: BlockHash, connected: boolean): Promise<LookBackRows["base"]> {
  const {
    height,
    prev_hash: parent,
    bits,
  } = await db
    .selectFrom("block_headers")
    .select(["height", "prev_hash", "bits"])
    .where("hash", "=", bytesOf(hash))
    .executeTakeFirstOrThrow();
  const times = await db
    .selectFrom("block_headers")
    .select("time")
    .where("connected", "=", true)
    .where("height", "<", connected ? height : 0)
    .orderBy("height", "desc")
    .limit(10)
    .execute();
  const block = height === 0 ? null : { height: height - 1, hash: blockHashOfColumn(parent), bits };
  return { block, parentTimes: times.map(({ time }) => time).reverse() };
}
