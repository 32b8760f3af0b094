import type { Database } from "../../database/schema.ts";

export type Passkey = {
  readonly id: string;
  readonly name: string | null;
  readonly createdAt: Date | null;
  /** Whether it is kept by a service that has it on several devices. */
  readonly backedUp: boolean;
};

/** The newest first. */
export async function listPasskeys(db: Database, personId: string): Promise<readonly Passkey[]> {
  return db
    .selectFrom("passkeys")
    .select(["id", "name", "created_at as createdAt", "backed_up as backedUp"])
    .where("person_id", "=", personId)
    .orderBy("created_at", "desc")
    .execute();
}
