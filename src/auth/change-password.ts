import type { Accounts } from "./accounts.ts";
import { betterAuthCode } from "./better-auth-code.ts";
import { wrongPassword } from "./errors.ts";
import { refuseWeak } from "./password-rules.ts";
import { headersOf, type Visitor } from "./visitor.ts";

/**
 * Another password for whoever is signed in; every other session ends, and this one goes on under another cookie.
 * @throws AppError AUTH_WRONG_PASSWORD, AUTH_WEAK_PASSWORD
 */
export async function changePassword(
  accounts: Accounts,
  { current, password, visitor }: { readonly current: string; readonly password: string; readonly visitor: Visitor },
): Promise<readonly string[]> {
  refuseWeak({ name: "", email: "", password });
  const { api } = await accounts.betterAuth();
  const body = { currentPassword: current, newPassword: password, revokeOtherSessions: true };
  try {
    const { headers } = await api.changePassword({ body, headers: headersOf(visitor), returnHeaders: true });
    return headers.getSetCookie();
  } catch (error) {
    if (betterAuthCode(error) === undefined) throw error;
    throw wrongPassword();
  }
}
