import { createHash } from "node:crypto";
import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { betterAuthCode } from "./better-auth-code.ts";
import { linkRefused, tooManySignIns } from "./errors.ts";
import { refuseWeak } from "./password-rules.ts";

/** @throws AppError AUTH_LINK_REFUSED */
export async function verifyEmail({ betterAuth }: Accounts, token: string): Promise<void> {
  const { api } = await betterAuth();
  await orLinkRefused(api.verifyEmail({ query: { token } }));
}

type Asked = { readonly email: string; readonly address: string };

/** Mails another link, if there is such an account and it needs one. @throws AppError AUTH_TOO_MANY_SIGN_INS */
export async function sendVerification(accounts: Accounts, { email, address }: Asked): Promise<void> {
  await limitLetters(accounts, { email, address });
  const { api } = await accounts.betterAuth();
  await api.sendVerificationEmail({ body: { email } });
}

/** Mails a link that sets a new password, if there is such an account. @throws AppError AUTH_TOO_MANY_SIGN_INS */
export async function requestPasswordReset(accounts: Accounts, { email, address }: Asked): Promise<void> {
  await limitLetters(accounts, { email, address });
  const { api } = await accounts.betterAuth();
  await api.requestPasswordReset({ body: { email } });
}

/** Sets a new password and ends every session. @throws AppError AUTH_LINK_REFUSED, AUTH_WEAK_PASSWORD */
export async function resetPassword(
  { betterAuth }: Accounts,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<void> {
  refuseWeak({ name: "", email: "", password });
  const { api } = await betterAuth();
  await orLinkRefused(api.resetPassword({ body: { token, newPassword: password } }));
}

/** Nobody's mailbox is filled by way of us: asking counts like signing in, by itself. @throws AppError AUTH_TOO_MANY_SIGN_INS */
export async function limitLetters({ db }: Accounts, { email, address }: Asked): Promise<void> {
  const account = createHash("sha256").update(`letter ${email.trim().toLowerCase()}`).digest("hex");
  const seconds = await access.accounts.countAttempt(db, { account, address });
  if (seconds > 0) throw tooManySignIns(seconds);
}

async function orLinkRefused(asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (betterAuthCode(error) === undefined) throw error;
    throw linkRefused();
  }
}
