import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { betterAuthCode } from "./better-auth-code.ts";
import { readConfirmingToken } from "./confirming-token.ts";
import { linkRefused } from "./errors.ts";
import { limitLetters } from "./limit-letters.ts";
import { inOneTransaction } from "./one-transaction.ts";
import { refuseWeak } from "./password-rules.ts";
import { tellOfChange } from "./tell-of-change.ts";

type Followed = { readonly token: string; readonly by: access.Doer };

/** The link confirms the account that it was mailed for, and no other of the same address. @throws AppError AUTH_LINK_REFUSED */
export async function verifyEmail({ betterAuth, db, instanceKey }: Accounts, { token, by }: Followed): Promise<void> {
  const read = readConfirmingToken(instanceKey, token);
  if (read === undefined) throw linkRefused();
  const { api } = await betterAuth();
  await inOneTransaction(db, async (trx) => {
    const person = await access.accounts.findPerson(trx, read.personId);
    // Held, as the library confirms whoever has the address by then.
    if (person === undefined || !(await access.accounts.holdEntrance(trx, person))) throw linkRefused();
    await orLinkRefused(api.verifyEmail({ query: { token: read.token } }));
    await access.appendAudit(trx, { ...by, action: "account.verify-email", target: `person ${read.personId}` });
  });
}

type Asking = { readonly email: string; readonly address: string; readonly by: access.Doer };

/** Mails another link, if there is such an account and it needs one. @throws AppError AUTH_TOO_MANY_SIGN_INS */
export async function sendVerification(accounts: Accounts, { email, address, by }: Asking): Promise<void> {
  await limitLetters(accounts, { email, address });
  const target = await access.targetOfEmail(accounts.db, email);
  await access.appendAudit(accounts.db, { ...by, action: "account.ask-verification", target });
  const { api } = await accounts.betterAuth();
  await api.sendVerificationEmail({ body: { email } });
}

/** Mails a link that sets a new password, if there is such an account. @throws AppError AUTH_TOO_MANY_SIGN_INS */
export async function requestPasswordReset(accounts: Accounts, { email, address, by }: Asking): Promise<void> {
  await limitLetters(accounts, { email, address });
  const target = await access.targetOfEmail(accounts.db, email);
  await access.appendAudit(accounts.db, { ...by, action: "account.ask-reset", target });
  const { api } = await accounts.betterAuth();
  await api.requestPasswordReset({ body: { email } });
}

/** Sets a new password and ends every session, key, passkey and other's word. @throws AppError AUTH_LINK_REFUSED, AUTH_WEAK_PASSWORD */
export async function resetPassword(
  accounts: Accounts,
  { token, password, by }: Followed & { readonly password: string },
): Promise<void> {
  const { api, $context } = await accounts.betterAuth();
  const { internalAdapter } = await $context;
  const personId = (await internalAdapter.findVerificationValue(`reset-password:${token}`))?.value;
  const person = personId === undefined ? undefined : await access.accounts.findPerson(accounts.db, personId);
  if (person === undefined || person.blocked) throw linkRefused();
  await refuseWeak(accounts, { ...person, password });
  await inOneTransaction(accounts.db, async (trx) => {
    if (!(await access.accounts.holdEntrance(trx, person))) throw linkRefused();
    await orLinkRefused(api.resetPassword({ body: { token, newPassword: password } }));
    // Whoever sets a password by mail may do so because somebody else is in the account.
    await access.accounts.closeEntrances(trx, person.id);
    await access.accounts.revokeAll(trx, person.id);
    await access.appendAudit(trx, { ...by, action: "account.reset-password", target: `person ${person.id}` });
  });
  tellOfChange(
    accounts,
    person.email,
    "it has another password, set by a link that was mailed to this address; every session, key, passkey and other way to sign in has ended",
  );
}

async function orLinkRefused(asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (betterAuthCode(error) === undefined) throw error;
    throw linkRefused();
  }
}
