import { type Kysely, sql } from "kysely";
import type { Tables } from "../../database/schema.ts";

/** What is mailed to change an address carries whose it is and the new one. */
export type EmailChange = { readonly personId: string; readonly email: string };

export function writeEmailChange({ personId, email }: EmailChange): string {
  return JSON.stringify({ personId, email });
}

/** Links that were mailed for somebody's account, to whichever address, count no more. */
export async function dropLinks(trx: Kysely<Tables>, personId: string): Promise<void> {
  await trx.deleteFrom("verifications").where("value", "=", personId).execute();
  await dropEmailChanges(trx, personId);
}

/** Of one that is asked for twice the later counts. */
export async function dropEmailChanges(trx: Kysely<Tables>, personId: string): Promise<void> {
  await sql`DELETE FROM verifications WHERE value IS JSON OBJECT AND value::jsonb->>'personId' = ${personId}`.execute(
    trx,
  );
}
