import { sql, type Transaction } from "kysely";
import { type BlockToSave, featuresRow, headerRow, priceRows, transferRows } from "../blocks/block-rows.ts";
import { insertFlows, restateFlowsIn } from "../blocks/flows/save-flows.ts";
import { bytesOf } from "../database/hash-column.ts";
import { insertRows } from "../database/insert-rows.ts";
import type { Tables } from "../database/schema.ts";
import { otherBlock } from "./errors.ts";

/** A block with all that follows from it alone; signals need those before it. */
export type BackfilledBlock = Pick<BlockToSave, "header" | "features" | "transfers" | "flows" | "priceFeatures">;

/**
 * Whole blocks in the transaction of the caller. One that is new hangs on no other until its job joins it to the chain;
 * of one that is stored the features are replaced, what was missing is added, and what was told by labels stays.
 */
export async function saveFeatures(trx: Transaction<Tables>, blocks: readonly BackfilledBlock[]): Promise<void> {
  await refuseOthers(trx, blocks);
  const fresh = await insertHeaders(trx, blocks);
  const isFresh = ({ header }: BackfilledBlock): boolean => fresh.has(header.hash);
  await insertWhole(trx, blocks.filter(isFresh).map(unconnected));
  await replace(trx, blocks.filter((block) => !isFresh(block)).map(unconnected));
}

/** None of the row writers looks at what a backfill does not know. */
function unconnected(block: BackfilledBlock): BlockToSave {
  return { ...block, connected: false, signals: [], insights: [], announce: false };
}

async function refuseOthers(trx: Transaction<Tables>, blocks: readonly BackfilledBlock[]): Promise<void> {
  const byHeight = new Map(blocks.map(({ header }) => [header.height, header.hash]));
  const stored = await trx
    .selectFrom("block_headers")
    .select(["height", "hash"])
    .where("connected", "=", true)
    .where("height", "in", [...byHeight.keys()])
    .forShare()
    .execute();
  for (const { height, hash } of stored) {
    const ours = byHeight.get(height);
    if (ours !== undefined && hash.toString("hex") !== ours) throw otherBlock(height, ours);
  }
}

async function insertHeaders(
  trx: Transaction<Tables>,
  blocks: readonly BackfilledBlock[],
): Promise<ReadonlySet<string>> {
  const inserted = await trx
    .insertInto("block_headers")
    .values(blocks.map((block) => headerRow(unconnected(block))))
    .onConflict((conflict) => conflict.column("hash").doNothing())
    .returning("hash")
    .execute();
  return new Set(inserted.map(({ hash }) => hash.toString("hex")));
}

async function insertWhole(trx: Transaction<Tables>, blocks: readonly BlockToSave[]): Promise<void> {
  await insertRows(trx, "block_features", blocks.map(featuresRow));
  await insertRows(trx, "block_price_features", blocks.flatMap(priceRows));
  await insertRows(trx, "transfers", blocks.flatMap(transferRows));
  await insertFlows(trx, blocks);
}

async function replace(trx: Transaction<Tables>, blocks: readonly BlockToSave[]): Promise<void> {
  if (blocks.length === 0) return;
  const hashes = blocks.map(({ header }) => bytesOf(header.hash));
  await trx.deleteFrom("block_features").where("blockhash", "in", hashes).execute();
  await insertRows(trx, "block_features", blocks.map(featuresRow));
  const priced = blocks.filter(({ priceFeatures }) => priceFeatures !== undefined);
  if (priced.length > 0) {
    const of = priced.map(({ header }) => bytesOf(header.hash));
    await trx.deleteFrom("block_price_features").where("blockhash", "in", of).execute();
    await insertRows(trx, "block_price_features", priced.flatMap(priceRows));
  }
  const known = await trx
    .selectFrom("transfers")
    .select(["blockhash", "tx_index"])
    .where("blockhash", "in", hashes)
    .execute();
  const kept = new Set(known.map(({ blockhash, tx_index: index }) => `${blockhash.toString("hex")} ${index}`));
  const isNew = (hash: string, index: number): boolean => !kept.has(`${hash} ${index}`);
  const missing = blocks.map((block) => ({
    ...block,
    transfers: block.transfers.filter(({ txIndex }) => isNew(block.header.hash, txIndex)),
  }));
  await insertRows(trx, "transfers", missing.flatMap(transferRows));
  await restateFlowsIn(trx, blocks);
  await sql`SELECT mark_rollups(${blocks.map(({ header }) => header.time)}::bigint[])`.execute(trx);
}
