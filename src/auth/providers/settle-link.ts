import { access } from "#store";
import type { Accounts } from "../accounts.ts";
import { inOneTransaction } from "../one-transaction.ts";
import { drawId } from "../session-token.ts";
import { tellOfChange } from "../tell-of-change.ts";
import type { Visitor } from "../visitor.ts";
import { nameOf } from "./provider-options.ts";
import { type Coming, linkAudit } from "./who-comes.ts";

/** Whoever comes for the first time by somebody's word: the owner hears of it, and where they are not let in it is undone. */
export async function settleLink(accounts: Accounts, { linked }: Coming, isLetIn: boolean): Promise<void> {
  if (linked === undefined) return;
  const { person, method } = linked;
  if (isLetIn) tellOfLink(accounts, person, method);
  else await access.accounts.dropMethod(accounts.db, { personId: person.id, ...method });
}

/** The name of what waits for the answer to a challenge. */
export function linkThatWaits(challenge: string): string {
  return `link of ${challenge}`;
}

type Answered = {
  readonly person: access.accounts.Person;
  readonly challenge: string;
  readonly visitor: Visitor;
};

/** The word of somebody that waited for the answer opens the account from now on. */
export async function linkAfterCode(accounts: Accounts, { person, challenge, visitor }: Answered): Promise<void> {
  const { internalAdapter } = await (await accounts.betterAuth()).$context;
  const linked = await inOneTransaction(accounts.db, async (trx) => {
    const waiting = await internalAdapter.consumeVerificationValue(linkThatWaits(challenge));
    if (!waiting || !(await access.accounts.holdEntrance(trx, person))) return undefined;
    const { provider, subject } = JSON.parse(waiting.value) as access.accounts.Method;
    const method = { provider, subject };
    const audit = linkAudit({ person, method }, visitor);
    await access.accounts.linkMethod(trx, { ...method, id: drawId(), personId: person.id, audit });
    return method;
  });
  if (linked !== undefined) tellOfLink(accounts, person, linked);
}

type Told = Pick<access.accounts.Person, "email">;

function tellOfLink(accounts: Accounts, { email }: Told, { provider }: access.accounts.Method): void {
  tellOfChange(accounts, email, `it can be opened by the word of ${nameOf(accounts.providers, provider)} from now on`);
}
