import { claimChain, type Database, saveBlocks } from "#store";
import { query } from "../database.ts";
import { storedBlock } from "../stored-blocks.ts";
import { chainStatements, flowStatements } from "./chain-rows.ts";
import { measuredStatements } from "./measured-rows.ts";
import { publishedStatements } from "./published-rows.ts";
import type { StoreSize } from "./store-size.ts";

/** Where things lie that queries ask for. */
export type FilledStore = { readonly lastHeight: number; readonly firstTime: number; readonly lastTime: number };

/**
 * Rows as a chain of so many blocks has them, multiplied in the database from one block that was stored as any is: what
 * they say is made up, how many there are of each and how they lie is not. For a database that is thrown away.
 */
export async function fillStore(db: Database, size: StoreSize): Promise<FilledStore> {
  await claimChain(db, { network: "simnet", chainId: "large", simulated: true });
  await saveBlocks(db, [storedBlock(0)]);
  const { firstTime, lastTime } = filledStore(size);
  // Side by side, as none needs a row of another.
  const lanes = [
    await chainStatements(db, size, firstTime),
    flowStatements(size),
    [...(await publishedStatements(db, size, firstTime)), ...measuredStatements(size, lastTime)],
  ];
  await Promise.all(
    lanes.map(async (statements) => {
      // No foreign key is looked up, and no trigger hears of it: they are as they should be.
      for (const statement of statements) await query(db, `BEGIN; ${SETTINGS.join("; ")}; ${statement}; COMMIT`);
    }),
  );
  await query(db, "SELECT setval('event_ids', (SELECT max(id) FROM events))");
  return filledStore(size);
}

/** Of a store that was filled to this size. */
export function filledStore({ blocks, interval }: StoreSize): FilledStore {
  const firstTime = storedBlock(0).header.time;
  return { lastHeight: blocks, firstTime, lastTime: firstTime + blocks * interval };
}

const SETTINGS = [
  "SET LOCAL session_replication_role = replica",
  "SET LOCAL statement_timeout = 0",
  "SET LOCAL synchronous_commit = off",
  "SET LOCAL maintenance_work_mem = '1GB'",
];
