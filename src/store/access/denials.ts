import { type Kysely, sql } from "kysely";
import type { Database, Tables } from "../database/schema.ts";

/** What was refused to whom, so often. */
export type Denial = {
  /** Or the network of version 6 that it lies in. */
  readonly address: string;
  readonly role: string;
  /** `null` of somebody without an account. */
  readonly personId: string | null;
  /** Method and path of the route. */
  readonly route: string;
  readonly code: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** Of the last of them. */
  readonly lastRequestId: string | null;
  /** What the last of them was about, such as `person 4f…`; `null` where nothing in particular was. */
  readonly lastTarget: string | null;
};

/** Adds to what the hour has already. What was refused to an account that is gone by now is not written down. */
export async function addDenials(db: Database, denials: readonly Denial[]): Promise<void> {
  if (denials.length === 0) return;
  await db.transaction().execute(async (trx) => {
    // Whoever is deleted meanwhile is gone when it is looked for them.
    await sql`LOCK TABLE denials IN ROW EXCLUSIVE MODE`.execute(trx);
    const asked = new Set(denials.map(({ personId }) => personId ?? ""));
    const people = await trx
      .selectFrom("people")
      .select("id")
      .where("id", "in", [...asked])
      .execute();
    const found = new Set(people.map(({ id }) => id));
    await insertDenials(
      trx,
      denials.filter(({ personId }) => personId === null || found.has(personId)),
    );
  });
}

async function insertDenials(trx: Kysely<Tables>, denials: readonly Denial[]): Promise<void> {
  if (denials.length === 0) return;
  // In one order everywhere: two processes that add to the same rows would wait for each other else.
  const rows = denials
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map(({ personId, firstAt, lastAt, lastRequestId, lastTarget, ...rest }) => ({
      ...rest,
      hour: sql<Date>`date_trunc('hour', ${firstAt}::timestamptz)`,
      person_id: personId ?? "",
      first_at: firstAt,
      last_at: lastAt,
      last_request_id: lastRequestId,
      last_target: lastTarget,
    }));
  await trx
    .insertInto("denials")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["hour", "address", "role", "person_id", "route", "code"]).doUpdateSet({
        count: sql`denials.count + excluded.count`,
        last_at: sql`greatest(denials.last_at, excluded.last_at)`,
        last_request_id: sql`CASE WHEN excluded.last_at >= denials.last_at THEN excluded.last_request_id ELSE denials.last_request_id END`,
        last_target: sql`CASE WHEN excluded.last_at >= denials.last_at THEN excluded.last_target ELSE denials.last_target END`,
      }),
    )
    .execute();
}

function keyOf({ firstAt, address, role, personId, route, code }: Denial): string {
  return [firstAt.toISOString().slice(0, 13), address, role, personId ?? "", route, code].join("\n");
}

/** Whose account an address is, as a target; of one that has none nothing but that. Nobody's address is written down. */
export async function targetOfEmail(db: Database, email: string): Promise<string> {
  const person = await db.selectFrom("people").select("id").where("email", "=", email.toLowerCase()).executeTakeFirst();
  return person === undefined ? "an address that has no account" : `person ${person.id}`;
}

/** The latest first. */
export async function listDenials(
  db: Database,
  { limit, address }: { readonly limit: number; readonly address?: string | undefined },
): Promise<readonly Denial[]> {
  const rows = await db
    .selectFrom("denials")
    .select(["address", "role", "person_id", "route", "code", "count"])
    .select(["first_at as firstAt", "last_at as lastAt"])
    .select(["last_request_id as lastRequestId", "last_target as lastTarget"])
    .$if(address !== undefined, (builder) => builder.where("address", "=", address ?? ""))
    .orderBy("last_at", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ person_id: id, ...row }) => ({ ...row, personId: id === "" ? null : id }));
}
