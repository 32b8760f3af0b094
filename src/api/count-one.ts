import { access, type Database } from "#store";

type Limit = { readonly quota: number; readonly windowSeconds: number };

/** Counts one more under a name, for all processes together; whether it is still within the limit. */
export async function countOne(
  db: Database,
  name: string,
  { quota, windowSeconds }: Limit,
): Promise<{ readonly allowed: boolean; readonly resetSeconds: number }> {
  const { used, resetSeconds } = await access.countOneInWindow(db, { name, windowSeconds });
  return { allowed: used <= quota, resetSeconds: Math.ceil(resetSeconds) };
}
