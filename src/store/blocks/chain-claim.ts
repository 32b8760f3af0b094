import type { Database } from "../database/schema.ts";
import { type ChainIdentity, otherChain } from "../errors.ts";

/** The first chain that comes owns the database; another one is refused by name. */
export async function claimChain(db: Database, chain: ChainIdentity): Promise<void> {
  const { network, chainId, simulated } = chain;
  await db
    .insertInto("chain")
    .values({ network, chain_id: chainId, simulated })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await refuseOtherChain(db, chain);
}

/** The same without taking a database that nobody owns. */
export async function refuseOtherChain(db: Database, chain: ChainIdentity): Promise<void> {
  const held = await findChain(db);
  if (held === undefined) return;
  if (held.network !== chain.network || held.chainId !== chain.chainId) throw otherChain(held, chain);
}

/** The chain that this database belongs to; `undefined` until the first one is claimed. */
export async function findChain(db: Database): Promise<ChainIdentity | undefined> {
  const row = await db.selectFrom("chain").select(["network", "chain_id", "simulated"]).executeTakeFirst();
  return row && { network: row.network, chainId: row.chain_id, simulated: row.simulated };
}
