import { sql } from "kysely";
import type { Database } from "../database/schema.ts";

/** Who sent a request and what they called it. */
export type RequestName = { readonly owner: string; readonly key: string };

export type KeptAnswer = { readonly status: number; readonly answer: string };

/** What is known of a request under this name. */
export type RequestStanding =
  | { readonly state: "new" }
  | { readonly state: "running" }
  | { readonly state: "other" }
  | ({ readonly state: "answered" } & KeptAnswer);

type Keeping = {
  /** What is older is forgotten. */
  readonly keptSeconds: number;
  /** After so long without an answer whoever began it is taken for dead. */
  readonly givenUpSeconds: number;
};

/** Begins a request, or tells what became of the one that has this name already. Of two at once one begins. */
export async function beginRequest(
  db: Database,
  { owner, key, digest }: RequestName & { readonly digest: Buffer },
  { keptSeconds, givenUpSeconds }: Keeping,
): Promise<RequestStanding> {
  await db
    .deleteFrom("idempotent_requests")
    .where("begun_at", "<", sql<Date>`clock_timestamp() - make_interval(secs => ${keptSeconds})`)
    .execute();
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("idempotent_requests")
    .values({ owner, key, digest, status: null, answer: null })
    .onConflict((conflict) =>
      conflict
        .columns(["owner", "key"])
        .doUpdateSet({ begun_at: sql<Date>`clock_timestamp()` })
        .where("idempotent_requests.status", "is", null)
        .where("idempotent_requests.digest", "=", digest)
        .where(
          "idempotent_requests.begun_at",
          "<",
          sql<Date>`clock_timestamp() - make_interval(secs => ${givenUpSeconds})`,
        ),
    )
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 1n) return { state: "new" };
  const known = await db
    .selectFrom("idempotent_requests")
    .select(["digest", "status", "answer"])
    .where("owner", "=", owner)
    .where("key", "=", key)
    .executeTakeFirst();
  // It failed just now, and may be tried again.
  if (known === undefined) return { state: "running" };
  if (!known.digest.equals(digest)) return { state: "other" };
  if (known.status === null || known.answer === null) return { state: "running" };
  return { state: "answered", status: known.status, answer: known.answer };
}

export async function keepAnswer(db: Database, { owner, key }: RequestName, kept: KeptAnswer): Promise<void> {
  await db.updateTable("idempotent_requests").set(kept).where("owner", "=", owner).where("key", "=", key).execute();
}

/** It came to nothing: whoever sends it again has it tried again. */
export async function forgetRequest(db: Database, { owner, key }: RequestName): Promise<void> {
  await db.deleteFrom("idempotent_requests").where("owner", "=", owner).where("key", "=", key).execute();
}
