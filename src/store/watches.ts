import { sql } from "kysely";
import type { EntityKind } from "#features";
import type { Database } from "./database/schema.ts";

/** Somebody of interest: an address with its script, or an actor; without a kind in all, also those it gets later. */
export type Watched =
  | { readonly address: string; readonly script: Uint8Array }
  | { readonly actor: string; readonly kind: EntityKind | null };

export type Watch = {
  readonly id: number;
  readonly watched: Watched;
  readonly note: string | null;
  readonly createdAt: Date;
};

/** Returns its id; that of the one there is where it was watched before, whose note is then replaced. */
export async function addWatch(db: Database, watched: Watched, note: string | null): Promise<number> {
  const { id } = await db
    .insertInto("watches")
    .values("actor" in watched ? { ...watched, note } : { ...watched, script: hexOf(watched.script), note })
    .onConflict((conflict) => {
      if (!("actor" in watched)) return conflict.column("script").doUpdateSet({ note });
      if (watched.kind !== null) return conflict.columns(["actor", "kind"]).doUpdateSet({ note });
      return conflict.column("actor").where("kind", "is", null).doUpdateSet({ note });
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

function hexOf(script: Uint8Array): string {
  return `\\x${Buffer.from(script).toString("hex")}`;
}

/** Whether there was one with this id. */
export async function removeWatch(db: Database, id: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom("watches").where("id", "=", id).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** In the order in which they were added. */
export async function listWatches(db: Database): Promise<readonly Watch[]> {
  const rows = await db.selectFrom("watches").selectAll().orderBy("id").execute();
  return rows.map(({ id, address, script, actor, kind, note, created_at: createdAt }) => ({
    id,
    watched:
      script !== null && address !== null ? { address, script: new Uint8Array(script) } : { actor: actor ?? "", kind },
    note,
    createdAt,
  }));
}

/** Changes whenever a watch comes or goes. */
export async function getWatchesVersion(db: Database): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    SELECT count(*) || '/' || coalesce(max(id), 0) AS version FROM watches`.execute(db);
  return rows[0]?.version ?? "";
}
