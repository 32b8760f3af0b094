import type { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { betterAuthCode } from "./better-auth-code.ts";
import { wrongPassword } from "./errors.ts";
import { refuseWeak } from "./password-rules.ts";
import { headersOf, type Visitor } from "./visitor.ts";

type Change = {
  readonly person: access.accounts.Person;
  readonly current: string;
  readonly password: string;
  readonly visitor: Visitor;
};

/**
 * Another password for whoever is signed in; every other session ends, and this one goes on under another cookie.
 * @throws AppError AUTH_WRONG_PASSWORD, AUTH_WEAK_PASSWORD
 */
export async function changePassword(
  accounts: Accounts,
  { person: { name, email }, current, password, visitor }: Change,
): Promise<readonly string[]> {
  refuseWeak({ name, email, password });
  const { api } = await accounts.betterAuth();
  const body = { currentPassword: current, newPassword: password, revokeOtherSessions: true };
  try {
    const { headers } = await api.changePassword({ body, headers: headersOf(visitor), returnHeaders: true });
    return headers.getSetCookie();
  } catch (error) {
    throw betterAuthCode(error) === "INVALID_PASSWORD" ? wrongPassword() : error;
  }
}
