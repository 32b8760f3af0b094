import { AsyncLocalStorage } from "node:async_hooks";
import { access, type Database } from "#store";
import type { Visitor } from "../visitor.ts";

type Link = { readonly person: access.accounts.Person; readonly method: access.accounts.Method };

/** What is learnt of whoever comes while the library looks for their account. */
export type Coming = {
  readonly visitor: Visitor;
  entrance?: access.accounts.Entrance | undefined;
  /** By what nobody had come to the account before; it opens it from now on. */
  linked?: Link;
  /** The same of an account that takes more to be opened: it has to be opened first. */
  unlinked?: Link;
};

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

type NewMethod = { readonly userId: string; readonly providerId: string; readonly accountId: string };

/** Whether another way to sign in is kept: of an account that was there before, only where it takes nothing more. */
export async function mayLink(db: Database, { userId, providerId, accountId }: NewMethod): Promise<boolean> {
  const coming = current.getStore();
  // One that is made just now has this one from the start.
  if (coming?.entrance?.id !== userId) return true;
  const person = await access.accounts.findPerson(db, userId);
  if (person === undefined) return false;
  const link = { person, method: { provider: providerId, subject: accountId } };
  if (person.blocked || person.secondFactor) {
    coming.unlinked = link;
    return false;
  }
  await access.appendAudit(db, linkAudit(link, coming.visitor));
  coming.linked = link;
  return true;
}

export function linkAudit({ person, method }: Link, { address, requestId }: Visitor): access.AuditEntry {
  const { id: personId, role } = person;
  const target = `person ${personId}`;
  // Not as whom a provider knows them: what is written there is kept for ever.
  return {
    role,
    personId,
    address,
    requestId: requestId ?? null,
    action: "method.link",
    target,
    details: { by: method.provider },
  };
}
