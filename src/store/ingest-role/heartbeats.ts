import { sql } from "kysely";
import { instanceName } from "#lib";
import type { Database } from "../database/schema.ts";
import type { IngestState } from "./ingest-state.ts";

export type Heartbeat = {
  readonly role: "ingest";
  /** Machine and process. */
  readonly instance: string;
  /** Wall clock of the database. */
  readonly at: Date;
  /** What the role says about itself. */
  readonly state: IngestState;
};

export async function writeHeartbeat(db: Database, role: Heartbeat["role"], state: Heartbeat["state"]): Promise<void> {
  const beat = { role, instance: instanceName(), at: sql<Date>`clock_timestamp()`, state };
  await db
    .insertInto("heartbeats")
    .values(beat)
    .onConflict((conflict) => conflict.column("role").doUpdateSet(beat))
    .execute();
}

export async function readHeartbeats(db: Database): Promise<readonly Heartbeat[]> {
  return db.selectFrom("heartbeats").selectAll().orderBy("role").execute();
}
