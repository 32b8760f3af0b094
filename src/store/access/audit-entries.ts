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

export type StoredAuditEntry = Required<AuditEntry> & { readonly id: number; readonly at: Date };

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

/** The newest first. */
export async function listAudit(
  db: Database,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<readonly StoredAuditEntry[]> {
  const rows = await db
    .selectFrom("audit_entries")
    .selectAll()
    .$if(before !== undefined, (builder) => builder.where("id", "<", before ?? 0))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ person_id: personId, request_id: requestId, ...entry }) => ({ ...entry, personId, requestId }));
}
