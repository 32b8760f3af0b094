import type { Accounts } from "./accounts.ts";
import { betterAuthCode } from "./better-auth-code.ts";
import { linkRefused } from "./errors.ts";
import { refuseWeak } from "./password-rules.ts";

/** @throws AppError AUTH_LINK_REFUSED */
export async function verifyEmail({ betterAuth }: Accounts, token: string): Promise<void> {
  const { api } = await betterAuth();
  await orLinkRefused(api.verifyEmail({ query: { token } }));
}

/** Mails another link, if there is such an account and it needs one. */
export async function sendVerification({ betterAuth }: Accounts, email: string): Promise<void> {
  const { api } = await betterAuth();
  await api.sendVerificationEmail({ body: { email } });
}

/** Mails a link that sets a new password, if there is such an account. */
export async function requestPasswordReset({ betterAuth }: Accounts, email: string): Promise<void> {
  const { api } = await betterAuth();
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

async function orLinkRefused(asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (betterAuthCode(error) === undefined) throw error;
    throw linkRefused();
  }
}
