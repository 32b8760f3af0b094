import { sql } from "kysely";
import { invariant } from "#lib";
import type { Database } from "../database/schema.ts";

export type WindowUse = {
  /** So much was used in the window, this use among it. */
  readonly used: number;
  /** Until the window ends. */
  readonly resetSeconds: number;
};

type Using = { readonly names: readonly string[]; readonly many: number; readonly windowSeconds: number };

/** Counts so much under each name, for all processes together, in windows that begin with the first use; in the names' order. */
export async function countInWindow(
  db: Database,
  { names, many, windowSeconds }: Using,
): Promise<readonly WindowUse[]> {
  // In one order everywhere: two that count the same names would wait for each other else.
  const { rows } = await sql<WindowUse & { name: string }>`
    INSERT INTO window_counts AS known (name, ends_at, used)
    SELECT name, now() + make_interval(secs => ${windowSeconds}), ${many}
    FROM unnest(${[...names]}::text[]) AS name ORDER BY name
    ON CONFLICT (name) DO UPDATE SET
      used = CASE WHEN known.ends_at > now() THEN known.used ELSE 0 END + ${many},
      ends_at = CASE WHEN known.ends_at > now() THEN known.ends_at ELSE excluded.ends_at END
    RETURNING name, used, extract(epoch FROM ends_at - now())::float8 AS "resetSeconds"`.execute(db);
  const found = new Map(rows.map(({ name, ...use }) => [name, use]));
  return names.flatMap((name) => found.get(name) ?? []);
}

/** Counts so much under one name. */
export async function countOneInWindow(
  db: Database,
  { name, many = 1, windowSeconds }: { readonly name: string; readonly many?: number; readonly windowSeconds: number },
): Promise<WindowUse> {
  const [use] = await countInWindow(db, { names: [name], many, windowSeconds });
  invariant(use !== undefined, "what is counted has a count");
  return use;
}

/** What was counted under a name is as if it had never been. */
export async function forgetWindow(db: Database, name: string): Promise<void> {
  await sql`DELETE FROM window_counts WHERE name = ${name}`.execute(db);
}

/** Windows that are over count for nobody. */
export async function forgetWindows(db: Database): Promise<void> {
  await sql`DELETE FROM window_counts WHERE ends_at < now()`.execute(db);
}
