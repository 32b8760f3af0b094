import type { BlockHash } from "#bitcoin";
import { blockHashOfColumn, bytesOf } from "../database/hash-column.ts";
import type { Database } from "../database/schema.ts";
import type { EntityBalance, ScriptBalance, SnapshotBalances, UtxoSnapshot } from "./utxo-snapshot.ts";

export type StoredUtxoSnapshot = UtxoSnapshot & { readonly importedAt: Date };

/** The oldest first. A height that was unknown at the import is known once the base block is stored. */
export async function listUtxoSnapshots(db: Database): Promise<readonly StoredUtxoSnapshot[]> {
  const rows = await db
    .selectFrom("utxo_snapshots")
    .leftJoin("block_headers", "block_headers.hash", "utxo_snapshots.base_hash")
    .selectAll("utxo_snapshots")
    .select("block_headers.height as stored_height")
    .orderBy("max_coin_height")
    .orderBy("base_hash")
    .execute();
  return rows.map((row) => ({
    baseHash: blockHashOfColumn(row.base_hash),
    height: row.stored_height ?? row.height,
    maxCoinHeight: row.max_coin_height,
    coins: row.coins,
    transactions: row.transactions,
    total: row.total,
    bogosize: row.bogosize,
    hash: row.hash_serialized === null ? null : row.hash_serialized.toString("hex"),
    labelVersion: row.label_version,
    importedAt: row.imported_at,
  }));
}

/** What was held when the snapshot of this base block was taken. */
export async function listOpeningBalances(db: Database, baseHash: BlockHash): Promise<SnapshotBalances> {
  const rows = await db
    .selectFrom("opening_balances")
    .selectAll()
    .where("base_hash", "=", bytesOf(baseHash))
    .orderBy("sats", "desc")
    .orderBy("actor")
    .orderBy("kind")
    .orderBy("script")
    .execute();
  const entities: EntityBalance[] = [];
  const scripts: ScriptBalance[] = [];
  for (const { actor, kind, script, address, sats, coins } of rows) {
    const entity = actor === null || kind === null ? null : { actor, kind };
    if (script !== null) scripts.push({ script: Uint8Array.from(script), address, entity, sats, coins });
    else if (entity !== null) entities.push({ ...entity, sats, coins });
  }
  return { entities, scripts };
}
