import { AsyncLocalStorage } from "node:async_hooks";
import { access, type Database } from "#store";

/** What is learnt of whoever comes while the library looks for their account. */
export type Coming = { entrance?: access.accounts.Entrance | undefined };

const current = new AsyncLocalStorage<Coming>();

/** What the library does meanwhile is done for them. */
export async function whileComing<Result>(coming: Coming, work: () => Promise<Result>): Promise<Result> {
  return current.run(coming, work);
}

/** Whom a provider names, asked before the library looks for an account: what is changed from then on is noticed. */
export async function noteWhoComes(
  db: Database,
  named: access.accounts.Method & { readonly email: string },
): Promise<void> {
  const coming = current.getStore();
  if (coming !== undefined) coming.entrance = await access.accounts.findEntranceByMethod(db, named);
}
