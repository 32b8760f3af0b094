import { invariant } from "#lib";
import { access, type Database } from "#store";

type Limit = { readonly quota: number; readonly windowSeconds: number };

/** Counts one more under a name, for all processes together; whether it is still within the limit. */
export async function countOne(
  db: Database,
  name: string,
  { quota, windowSeconds }: Limit,
): Promise<{ readonly allowed: boolean; readonly resetSeconds: number }> {
  const [use] = await access.countInWindow(db, { names: [name], many: 1, windowSeconds });
  invariant(use !== undefined, "what is counted has a count");
  return { allowed: use.used <= quota, resetSeconds: Math.ceil(use.resetSeconds) };
}
