import { sql } from "kysely";
import type { Database } from "../../database/schema.ts";
import type { PersonRole } from "./tables.ts";

/** Whose a session or key is: a person with the role and the codes that they have now, or the operator. */
export type LastingFor = { readonly role: PersonRole; readonly secondFactor: boolean } | "operator";

/** Of these sessions, lines of tokens and keys those that still count, by their names. */
export async function listLasting(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, LastingFor>> {
  const { rows } = await sql<{ id: string; role: PersonRole | "operator"; secondFactor: boolean }>`
    SELECT lasting_sessions.id, role, two_factor_enabled AS "secondFactor" FROM lasting_sessions JOIN people ON people.id = person_id
    WHERE lasting_sessions.id = ANY (${[...ids]}) AND NOT blocked
    UNION ALL
    SELECT family, role, two_factor_enabled FROM refresh_tokens
    JOIN lasting_sessions ON lasting_sessions.id = session_id JOIN people ON people.id = person_id
    WHERE family = ANY (${[...ids]}) AND NOT blocked
    UNION ALL
    SELECT api_keys.id, role, two_factor_enabled FROM api_keys JOIN people ON people.id = person_id
    WHERE api_keys.id = ANY (${[...ids]}) AND revoked_at IS NULL AND expires_at > now() AND NOT blocked
    UNION ALL
    SELECT id, 'operator', false FROM lasting_operator_sessions WHERE id = ANY (${[...ids]})`.execute(db);
  return new Map(
    rows.map(({ id, role, secondFactor }) => [id, role === "operator" ? role : { role, secondFactor }] as const),
  );
}
