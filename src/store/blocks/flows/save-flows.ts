import type { Transaction } from "kysely";
import { bytesOf } from "../../database/hash-column.ts";
import { insertRows } from "../../database/insert-rows.ts";
import type { Database, Tables } from "../../database/schema.ts";
import { blockFlowsRow, entityFlowRows, type LabelledBlock, transferPartyRows } from "./flow-rows.ts";

/** What stored blocks say by the labels of one version, in the transaction that the caller has begun. */
export async function insertFlows(trx: Transaction<Tables>, blocks: readonly LabelledBlock[]): Promise<void> {
  await insertRows(trx, "block_flows", blocks.map(blockFlowsRow));
  await insertRows(trx, "entity_flows", blocks.flatMap(entityFlowRows));
  await insertRows(trx, "transfer_parties", blocks.flatMap(transferPartyRows));
}

/**
 * Says anew what blocks say by labels, beside what was said by earlier versions: all of the blocks or none. A block
 * that is not stored any more, or has rows of this version already, is left out. Returns how many were told.
 */
export async function restateFlows(db: Database, blocks: readonly LabelledBlock[]): Promise<number> {
  return db.transaction().execute((trx) => restateFlowsIn(trx, blocks));
}

/** The same within the caller's transaction. */
export async function restateFlowsIn(trx: Transaction<Tables>, blocks: readonly LabelledBlock[]): Promise<number> {
  const open = await listOpen(trx, blocks);
  await insertFlows(trx, await withoutUnknownTransfers(trx, open));
  return open.length;
}

async function listOpen(trx: Transaction<Tables>, blocks: readonly LabelledBlock[]): Promise<readonly LabelledBlock[]> {
  const version = blocks[0]?.flows.labelVersion;
  if (version === undefined) return [];
  // Their headers stay until the end of the transaction, so a reorg waits.
  const rows = await trx
    .selectFrom("block_headers")
    .select("hash")
    .where(
      "hash",
      "in",
      blocks.map(({ header }) => bytesOf(header.hash)),
    )
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("block_flows")
            .select("blockhash")
            .whereRef("block_flows.blockhash", "=", "block_headers.hash")
            .where("label_version", "=", version),
        ),
      ),
    )
    .forShare()
    .execute();
  const hashes = new Set(rows.map(({ hash }) => hash.toString("hex")));
  return blocks.filter(({ header }) => hashes.has(header.hash));
}

/** A transfer that was not kept when its block was read, as nobody watched it then, has no parties. */
async function withoutUnknownTransfers(
  trx: Transaction<Tables>,
  blocks: readonly LabelledBlock[],
): Promise<readonly LabelledBlock[]> {
  if (blocks.length === 0) return [];
  const rows = await trx
    .selectFrom("transfers")
    .select(["blockhash", "tx_index"])
    .where(
      "blockhash",
      "in",
      blocks.map(({ header }) => bytesOf(header.hash)),
    )
    .execute();
  const kept = new Set(rows.map(({ blockhash, tx_index: index }) => `${blockhash.toString("hex")} ${index}`));
  return blocks.map((block) => ({
    ...block,
    transfers: block.transfers.filter(({ txIndex }) => kept.has(`${block.header.hash} ${txIndex}`)),
  }));
}

/** Height of the lowest connected block from `fromHeight` on that says nothing yet by labels of this version. */
export async function findFirstWithoutFlows(
  db: Database,
  { fromHeight, labelVersion }: { readonly fromHeight: number; readonly labelVersion: number },
): Promise<number | undefined> {
  const row = await db
    .selectFrom("block_headers")
    .leftJoin("block_flows", (join) =>
      join.onRef("block_flows.blockhash", "=", "block_headers.hash").on("label_version", "=", labelVersion),
    )
    .select("block_headers.height")
    .where("block_headers.connected", "=", true)
    .where("block_headers.height", ">=", fromHeight)
    .where("block_flows.blockhash", "is", null)
    .orderBy("block_headers.height")
    .limit(1)
    .executeTakeFirst();
  return row?.height;
}
