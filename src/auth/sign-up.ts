import { codeOf } from "#lib";
import type { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { emailTaken, registrationClosed } from "./errors.ts";
import { limitLetters } from "./mailed-links.ts";
import { type NewAccount, refuseWeak } from "./password-rules.ts";
import { headersOf, type Visitor } from "./visitor.ts";

/** PostgreSQL: there is such a row. */
const UNIQUE_VIOLATION = "23505";

/**
 * An account that somebody makes for themselves: its address has to be confirmed. What is answered is the same where
 * the address has an account already; its owner is told by mail.
 * @throws AppError AUTH_REGISTRATION_CLOSED, AUTH_WEAK_PASSWORD, AUTH_TOO_MANY_SIGN_INS
 */
export async function signUp(accounts: Accounts, account: NewAccount, visitor: Visitor): Promise<void> {
  if (accounts.registration !== "open") throw registrationClosed();
  refuseWeak(account);
  await limitLetters(accounts, { email: account.email, address: visitor.address });
  const { api } = await accounts.betterAuth();
  await api.signUpEmail({ body: { ...account }, headers: headersOf(visitor) });
}

/** An account whose address needs no proof, because whoever makes it may. @throws AppError AUTH_EMAIL_TAKEN */
export async function createAccount(
  { betterAuth }: Accounts,
  { name, email, password }: NewAccount,
  role: access.accounts.PersonRole,
): Promise<string> {
  refuseWeak({ name, email, password });
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
