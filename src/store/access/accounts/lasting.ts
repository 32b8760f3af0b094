import { sql } from "kysely";
import type { Database } from "../../database/schema.ts";
import type { PersonRole } from "./tables.ts";

/** Of these sessions and keys those that still count, by their names, with the roles that their people have now. */
export async function listLasting(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, PersonRole>> {
  const { rows } = await sql<{ id: string; role: PersonRole }>`
    SELECT lasting_sessions.id, role FROM lasting_sessions JOIN people ON people.id = person_id
    WHERE lasting_sessions.id = ANY (${[...ids]}) AND NOT blocked
    UNION ALL
    SELECT api_keys.id, role FROM api_keys JOIN people ON people.id = person_id
    WHERE api_keys.id = ANY (${[...ids]}) AND revoked_at IS NULL AND expires_at > now() AND NOT blocked`.execute(db);
  return new Map(rows.map(({ id, role }) => [id, role]));
}
