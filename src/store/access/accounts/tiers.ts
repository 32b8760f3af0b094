import type { Database } from "../../database/schema.ts";
import { appendAudit, type AuditEntry } from "../audit-entries.ts";
import type { Tier } from "./tables.ts";

/** What a tier may have of what costs. */
export type Entitlements = {
  /** By all keys and tokens of a person together. */
  readonly requestsPerHour: number;
  /** That count at the same time. */
  readonly keys: number;
  /** In one file. */
  readonly exportedInsights: number;
};

export type StoredTier = Entitlements & { readonly name: Tier };

const columns = [
  "name",
  "requests_per_hour as requestsPerHour",
  "keys",
  "exported_insights as exportedInsights",
] as const;

/** What is missing stays. */
export type TierChange = { readonly [Name in keyof Entitlements]?: Entitlements[Name] | undefined };

/** The one that may least first. */
export async function listTiers(db: Database): Promise<readonly StoredTier[]> {
  return db.selectFrom("tiers").select(columns).orderBy("requests_per_hour").orderBy("name").execute();
}

export async function findTier(db: Database, name: Tier): Promise<StoredTier> {
  return db.selectFrom("tiers").select(columns).where("name", "=", name).executeTakeFirstOrThrow();
}

export async function changeTier(
  db: Database,
  { name, change, audit }: { readonly name: Tier; readonly change: TierChange; readonly audit: AuditEntry },
): Promise<StoredTier> {
  const { requestsPerHour, keys, exportedInsights } = change;
  return db.transaction().execute(async (trx) => {
    const changed = await trx
      .updateTable("tiers")
      .set({
        ...(requestsPerHour !== undefined && { requests_per_hour: requestsPerHour }),
        ...(keys !== undefined && { keys }),
        ...(exportedInsights !== undefined && { exported_insights: exportedInsights }),
      })
      .where("name", "=", name)
      .returning(columns)
      .executeTakeFirstOrThrow();
    await appendAudit(trx, audit);
    return changed;
  });
}
