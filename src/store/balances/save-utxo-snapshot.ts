import type { Insertable } from "kysely";
import { claimChain } from "../blocks/chain-claim.ts";
import { byteaOf, bytesOf } from "../database/hash-column.ts";
import { insertRows } from "../database/insert-rows.ts";
import type { Database, Tables } from "../database/schema.ts";
import type { ChainIdentity } from "../errors.ts";
import type { EntityBalance, ScriptBalance, SnapshotBalances, UtxoSnapshot } from "./utxo-snapshot.ts";

type SnapshotToSave = SnapshotBalances & { readonly snapshot: UtxoSnapshot };

/** All of it in one transaction, in place of what was there of the same base block; claims the database for the chain. */
export async function saveUtxoSnapshot(
  db: Database,
  chain: ChainIdentity,
  { snapshot, entities, scripts }: SnapshotToSave,
): Promise<void> {
  const { baseHash } = snapshot;
  await db.transaction().execute(async (trx) => {
    await claimChain(trx, chain);
    await trx.deleteFrom("utxo_snapshots").where("base_hash", "=", bytesOf(baseHash)).execute();
    await trx.insertInto("utxo_snapshots").values(snapshotRow(snapshot)).execute();
    await insertRows(trx, "opening_balances", [
      ...entities.map((balance) => entityRow(baseHash, balance)),
      ...scripts.map((balance) => scriptRow(baseHash, balance)),
    ]);
  });
}

function snapshotRow(snapshot: UtxoSnapshot): Insertable<Tables["utxo_snapshots"]> {
  const { baseHash, maxCoinHeight, hash, labelVersion, ...rest } = snapshot;
  return {
    ...rest,
    base_hash: byteaOf(baseHash),
    max_coin_height: maxCoinHeight,
    hash_serialized: hash === null ? null : byteaOf(hash),
    label_version: labelVersion,
  };
}

type BalanceRow = Insertable<Tables["opening_balances"]>;

function entityRow(baseHash: string, { actor, kind, sats, coins }: EntityBalance): BalanceRow {
  return { base_hash: byteaOf(baseHash), actor, kind, script: null, address: null, sats, coins };
}

function scriptRow(baseHash: string, { script, address, entity, sats, coins }: ScriptBalance): BalanceRow {
  const owner = { actor: entity?.actor ?? null, kind: entity?.kind ?? null };
  return {
    base_hash: byteaOf(baseHash),
    ...owner,
    script: byteaOf(Buffer.from(script).toString("hex")),
    address,
    sats,
    coins,
  };
}
