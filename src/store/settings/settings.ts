import { type Kysely, sql } from "kysely";
import type { Database, Tables } from "../database/schema.ts";

export type StoredSetting = {
  /** As a flag would say it; of one that is sealed what only the instance's key opens. */
  readonly value: string;
  readonly sealed: boolean;
  readonly changedAt: Date;
  readonly changedBy: string;
};

export type SettingChange = {
  readonly name: string;
  /** `null`: it is as if nothing had been set. */
  readonly value: string | null;
  readonly sealed: boolean;
};

type Made = {
  readonly by: string;
  /** Now, where nothing else is said. */
  readonly at?: Date;
};

/** All or none of them. */
export async function saveSettings(db: Database, changes: readonly SettingChange[], made: Made): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const change of changes) await saveOne(trx, change, made);
  });
}

async function saveOne(trx: Kysely<Tables>, { name, value, sealed }: SettingChange, { by, at }: Made): Promise<void> {
  if (value === null) {
    await trx.deleteFrom("settings").where("name", "=", name).execute();
    return;
  }
  const row = { value, sealed, changed_by: by, changed_at: at ?? sql<Date>`clock_timestamp()` };
  await trx
    .insertInto("settings")
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
    .execute();
}

/** By name; a setting that nobody made is not in it. */
export async function readSettings(db: Database): Promise<ReadonlyMap<string, StoredSetting>> {
  const rows = await db.selectFrom("settings").selectAll().execute();
  return new Map(
    rows.map(({ name, value, sealed, changed_at: changedAt, changed_by: changedBy }) => [
      name,
      { value, sealed, changedAt, changedBy },
    ]),
  );
}
