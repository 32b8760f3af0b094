import type { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { emailTaken, registrationClosed } from "./errors.ts";
import { type NewAccount, refuseWeak } from "./password-rules.ts";
import { headersOf, type Visitor } from "./visitor.ts";

/**
 * An account that somebody makes for themselves: its address has to be confirmed. What is answered is the same where
 * the address has an account already; its owner is told by mail.
 * @throws AppError AUTH_REGISTRATION_CLOSED, AUTH_WEAK_PASSWORD
 */
export async function signUp(accounts: Accounts, account: NewAccount, visitor: Visitor): Promise<void> {
  if (accounts.registration !== "open") throw registrationClosed();
  refuseWeak(account);
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
  const { id } = await internalAdapter.createUser(
    { name, email: normalized, emailVerified: true, role },
    { method: "admin" },
  );
  await internalAdapter.linkAccount({ userId: id, providerId: "credential", accountId: id, password: hash });
  return id;
}
