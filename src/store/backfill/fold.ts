import { sql, type Transaction } from "kysely";
import type { BlockFeatures, Transfer } from "#features";
import type { BlockRow, Quiet } from "#signals";
import { type BlockToSave, featuresOfRow, signalRows } from "../blocks/block-rows.ts";
import { lockCursor } from "../blocks/cursor.ts";
import type { StoredTransfer } from "../blocks/flows/list-transfers.ts";
import { quietRows } from "../blocks/quiet-blocks.ts";
import { rowsOf } from "../blocks/recent-rows.ts";
import { bytesOf } from "../database/hash-column.ts";
import { insertRows } from "../database/insert-rows.ts";
import type { Database, Tables } from "../database/schema.ts";
import { publishRefold } from "../published/publish-refold.ts";
import { missingBlock } from "./errors.ts";
import { findLowest, type HistoryPath } from "./history-path.ts";
import { rateAfter } from "./rate.ts";

/** Blocks on the way to the stored chain, or of it, ascending: which they are, and what detectors see of them. */
export type FoldRow = {
  readonly row: BlockRow;
  /** Conditions that were observed when the block was read; what follows from rows is not among them. */
  readonly observed: readonly Quiet[];
};

type Heights = { readonly fromHeight: number; readonly toHeight: number };

/** Rows of blocks that lead to the stored chain; another job may have joined some of them, and join more at this moment. */
export async function listPathRows(db: Database, path: HistoryPath, heights: Heights): Promise<readonly FoldRow[]> {
  const rows = await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (trx) => {
      const joinedFrom = (await findLowest(trx))?.height ?? Infinity;
      const apart = await listApartRows(trx, path, {
        fromHeight: heights.fromHeight,
        toHeight: Math.min(heights.toHeight, joinedFrom - 1),
      });
      const joined = await listStoredRows(trx, { ...heights, fromHeight: Math.max(heights.fromHeight, joinedFrom) });
      return [...apart, ...joined];
    });
  for (let height = heights.fromHeight; height <= heights.toHeight; height += 1) {
    const features = rows[height - heights.fromHeight]?.row.features;
    if (features?.height !== height || features.blockhash !== path.at(height)) throw missingBlock(height);
  }
  return rows;
}

async function listApartRows(db: Database, path: HistoryPath, heights: Heights): Promise<readonly FoldRow[]> {
  const features = await listFeatures(db, heights, false);
  const ofPath = features.filter(({ height, blockhash }) => path.at(height) === blockhash);
  return (await rowsOf(db, ofPath, { connected: false })).map((row) => ({ row: asRead(row), observed: [] }));
}

/** Rows of the stored chain. */
export async function listStoredRows(db: Database, heights: Heights): Promise<readonly FoldRow[]> {
  const rows = await rowsOf(db, await listFeatures(db, heights, true), { connected: true });
  const observed = await db
    .selectFrom("quiet_blocks as quiet")
    .innerJoin("block_headers as header", "header.hash", "quiet.blockhash")
    .select(["header.height", "quiet.reason", "quiet.since_height", "quiet.detail", "quiet.kinds"])
    .where("header.connected", "=", true)
    .where("header.height", ">=", heights.fromHeight)
    .where("header.height", "<=", heights.toHeight)
    .where("quiet.reason", "=", "labels-unreadable")
    .execute();
  const byHeight = Map.groupBy(observed, ({ height }) => height);
  return rows.map((row) => ({
    row: asRead(row),
    observed: (byHeight.get(row.features.height) ?? []).map(({ reason, since_height: sinceHeight, detail, kinds }) => {
      return { reason, sinceHeight, detail, kinds };
    }),
  }));
}

/** A stored transfer says of which block it is; one that was just read does not, and signals keep what they are given. */
function asRead(row: BlockRow): BlockRow {
  const transfers = row.transfers as readonly Partial<StoredTransfer>[];
  return {
    ...row,
    transfers: transfers.map(({ height: _height, blockHash: _hash, ...transfer }) => transfer as Transfer),
  };
}

async function listFeatures(
  db: Database,
  { fromHeight, toHeight }: Heights,
  connected: boolean,
): Promise<readonly BlockFeatures[]> {
  const rows = await db
    .selectFrom("block_headers")
    .innerJoin("block_features", "block_features.blockhash", "block_headers.hash")
    .selectAll("block_features")
    .where("block_headers.connected", "=", connected)
    .where("block_headers.height", ">=", fromHeight)
    .where("block_headers.height", "<=", toHeight)
    .orderBy("block_headers.height")
    .execute();
  return rows.map(featuresOfRow);
}

/** A block judged anew. */
export type FoldedBlock = Pick<BlockToSave, "features" | "signals" | "quiet" | "insights" | "updates" | "publishable">;

type Fold = {
  readonly blocks: readonly FoldedBlock[];
  /** What this fold has told so far, these blocks included: what stands on a block and is not among it is withdrawn. */
  readonly told: ReadonlySet<string>;
  /** Of the job, whose place moves with the blocks; absent where whoever follows the tip judges its own blocks anew. */
  readonly jobId?: number;
};

/**
 * Signals of blocks, and what is published of them, in place of what there was; one transaction. A block that left the
 * chain meanwhile is left out. `false`, and nothing is stored, where the job does not run any more.
 */
export async function saveFold(db: Database, { blocks, told, jobId }: Fold): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    // A reorg comes before or after, never in between.
    const tip = await lockCursor(trx);
    if (jobId !== undefined && !(await moveFold(trx, jobId, blocks))) return false;
    const there = await findThere(trx, blocks);
    const standing = blocks.filter(({ features }) => there.has(features.blockhash)).map(asSaved);
    await replaceSignals(trx, standing);
    await publishRefold(trx, { blocks: standing, told, tipHeight: tip?.height ?? 0 });
    return true;
  });
}

async function moveFold(trx: Transaction<Tables>, jobId: number, blocks: readonly FoldedBlock[]): Promise<boolean> {
  const [first, last] = [blocks[0]?.features.height, blocks.at(-1)?.features.height];
  if (first === undefined || last === undefined) return true;
  const moved = await trx
    .updateTable("backfill_jobs")
    .set({ folded: last, rate: rateAfter(blocks.length), rate_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", jobId)
    .where("status", "=", "running")
    // Another may have been given the job meanwhile.
    .where(sql<boolean>`coalesce(folded, fold_from - 1) = ${first - 1}`)
    .executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}

async function findThere(
  trx: Transaction<Tables>,
  blocks: readonly FoldedBlock[],
): Promise<ReadonlyMap<string, boolean>> {
  if (blocks.length === 0) return new Map();
  const hashes = blocks.map(({ features }) => bytesOf(features.blockhash));
  const rows = await trx
    .selectFrom("block_headers")
    .select(["hash", "connected"])
    .where("hash", "in", hashes)
    .execute();
  return new Map(rows.map(({ hash, connected }) => [hash.toString("hex"), connected]));
}

/** Only what the row writers of signals and of events look at; whoever hears of blocks has heard of these. */
function asSaved(block: FoldedBlock): BlockToSave {
  const { features } = block;
  const { blockhash: hash, height } = features;
  // The rest of the header is stored already and is not looked at.
  const header = { hash, height, prevHash: hash, time: features.time, version: 0, bits: 0 };
  const sizes = { txCount: features.txs, size: features.total_size, weight: features.total_weight };
  return {
    ...block,
    header: { ...header, ...sizes },
    connected: true,
    transfers: [],
    flows: { labelVersion: 0, labelCoverage: null, payoutEntity: null, entities: [] },
    announce: false,
  };
}

async function replaceSignals(trx: Transaction<Tables>, blocks: readonly BlockToSave[]): Promise<void> {
  if (blocks.length === 0) return;
  const hashes = blocks.map(({ header }) => bytesOf(header.hash));
  await trx.deleteFrom("signals").where("blockhash", "in", hashes).execute();
  await trx.deleteFrom("quiet_blocks").where("blockhash", "in", hashes).execute();
  await insertRows(trx, "signals", blocks.flatMap(signalRows));
  await insertRows(trx, "quiet_blocks", blocks.flatMap(quietRows));
}
