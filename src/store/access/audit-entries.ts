import type { Kysely } from "kysely";
import type { Database, Tables } from "../database/schema.ts";

export type AuditEntry = {
  readonly role: string;
  readonly personId: string | null;
  /** `null` of a command on this machine. */
  readonly address: string | null;
  /** What was done, such as `feedback.rate`. */
  readonly action: string;
  /** What it was done to. */
  readonly target: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;
};

/** Whoever does something: what is the same of all that one request does. */
export type Doer = Pick<AuditEntry, "role" | "personId" | "address" | "requestId">;

export type StoredAuditEntry = Required<AuditEntry> & {
  readonly id: number;
  readonly at: Date;
  /** As they are called now; `null` of whoever has no account (any more). */
  readonly personName: string | null;
};

/** In the transaction of the change itself, so that neither is without the other. */
export async function appendAudit(db: Kysely<Tables>, entry: AuditEntry): Promise<void> {
  const { role, personId, address, action, target, details = {}, requestId } = entry;
  await db
    .insertInto("audit_entries")
    .values({
      role,
      person_id: personId,
      address,
      action,
      target,
      details: JSON.stringify(details),
      request_id: requestId,
    })
    .execute();
}

/** What is looked for; what is missing does not matter. */
export type AuditSearch = {
  readonly limit: number;
  /** The id of the last entry of the page before. */
  readonly before?: number | undefined;
  /** Of who did it. */
  readonly personId?: string | undefined;
  /** The beginning of what was done: `key.` finds all that was done with keys. */
  readonly action?: string | undefined;
  readonly target?: string | undefined;
  readonly address?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
};

/** The newest first. */
export async function listAudit(db: Database, search: AuditSearch): Promise<readonly StoredAuditEntry[]> {
  const { limit, before, personId, action, target, address, from, to } = search;
  const rows = await db
    .selectFrom("audit_entries")
    .leftJoin("people", "people.id", "audit_entries.person_id")
    .selectAll("audit_entries")
    .select("people.name as personName")
    .$if(before !== undefined, (builder) => builder.where("audit_entries.id", "<", before ?? 0))
    .$if(personId !== undefined, (builder) => builder.where("person_id", "=", personId ?? ""))
    .$if(action !== undefined, (builder) =>
      builder.where("action", ">=", action ?? "").where("action", "<", `${action}\u{10ffff}`),
    )
    .$if(target !== undefined, (builder) => builder.where("target", "=", target ?? ""))
    .$if(address !== undefined, (builder) => builder.where("audit_entries.address", "=", address ?? ""))
    .$if(from !== undefined, (builder) => builder.where("at", ">=", from ?? new Date(0)))
    .$if(to !== undefined, (builder) => builder.where("at", "<", to ?? new Date(0)))
    .orderBy("audit_entries.id", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ person_id: personOf, request_id: requestId, ...entry }) => ({
    ...entry,
    personId: personOf,
    requestId,
  }));
}
