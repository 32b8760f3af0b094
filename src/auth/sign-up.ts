import { codeOf } from "#lib";
import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { emailTaken, registrationClosed } from "./errors.ts";
import { limitLetters } from "./limit-letters.ts";
import { inOneTransaction } from "./one-transaction.ts";
import { type NewAccount, refuseWeak } from "./password-rules.ts";
import { headersOf, type Visitor } from "./visitor.ts";

/** PostgreSQL: there is such a row. */
const UNIQUE_VIOLATION = "23505";

/**
 * An account that somebody makes for themselves: its address has to be confirmed. What is answered is the same where
 * the address has an account already; its owner is told by mail.
 * @throws AppError AUTH_REGISTRATION_CLOSED, AUTH_WEAK_PASSWORD, AUTH_TOO_MANY_SIGN_INS
 */
export async function signUp(
  accounts: Accounts,
  account: NewAccount,
  { visitor, by }: { readonly visitor: Visitor; readonly by: access.Doer },
): Promise<void> {
  if (accounts.registration !== "open") throw registrationClosed();
  await refuseWeak(accounts, account);
  await limitLetters(accounts, { email: account.email, address: visitor.address });
  const { api } = await accounts.betterAuth();
  await inOneTransaction(accounts.db, async (trx) => {
    // Whoever typed the address before, and could not confirm it, may be somebody else; letters for theirs count no more.
    await access.accounts.dropUnconfirmed(trx, account.email, by.requestId);
    const { user } = await api.signUpEmail({ body: { ...account }, headers: headersOf(visitor) });
    // Where the address has an account already the library makes one up.
    const isNew = (await access.accounts.findPerson(trx, user.id)) !== undefined;
    const target = isNew ? `person ${user.id}` : "an address that has an account";
    await access.appendAudit(trx, { ...by, action: "account.sign-up", target });
  });
}

type Making = {
  readonly account: NewAccount;
  readonly role: access.accounts.PersonRole;
  readonly by: access.Doer;
  readonly action: "account.create-admin" | "account.accept-invitation";
  readonly details?: access.AuditEntry["details"];
  /** Done with it or not at all; whether it could be done. */
  readonly together?: (trx: Parameters<typeof access.accounts.useInvitation>[0]) => Promise<boolean>;
};

/**
 * An account whose address needs no proof, because whoever makes it may.
 * @throws AppError AUTH_EMAIL_TAKEN, AUTH_WEAK_PASSWORD
 * @returns its id; `undefined` where what was to be done with it could not be
 */
export async function makeAccount(accounts: Accounts, making: Making): Promise<string | undefined> {
  const { account, role, by, action, details = {}, together } = making;
  await refuseWeak(accounts, account);
  return inOneTransaction(accounts.db, async (trx) => {
    if (together !== undefined && !(await together(trx))) return undefined;
    await access.accounts.dropUnconfirmed(trx, account.email, by.requestId);
    const id = await createAccount(accounts, account, role);
    await access.appendAudit(trx, { ...by, action, target: `person ${id}`, details });
    return id;
  });
}

/** The account alone, as tests and benches want it. @throws AppError AUTH_EMAIL_TAKEN */
export async function createAccount(
  { betterAuth }: Accounts,
  { name, email, password }: NewAccount,
  role: access.accounts.PersonRole,
): Promise<string> {
  const { internalAdapter, password: passwords } = await (await betterAuth()).$context;
  const normalized = email.toLowerCase();
  if ((await internalAdapter.findUserByEmail(normalized)) !== null) throw emailTaken();
  const hash = await passwords.hash(password);
  const person = { name, email: normalized, emailVerified: true, role };
  const { id } = await internalAdapter.createUser(person, { method: "admin" }).catch((error: unknown) => {
    // Somebody else took it in this very moment.
    throw codeOf(error) === UNIQUE_VIOLATION ? emailTaken() : error;
  });
  await internalAdapter.linkAccount({ userId: id, providerId: "credential", accountId: id, password: hash });
  return id;
}
