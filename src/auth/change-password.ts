import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { betterAuthCode } from "./better-auth-code.ts";
import { wrongPassword } from "./errors.ts";
import { holdOwn } from "./hold-own.ts";
import { inOneTransaction } from "./one-transaction.ts";
import { refuseWeak } from "./password-rules.ts";
import { type Proof, proveAgain } from "./prove-again.ts";
import { tellOfChange } from "./tell-of-change.ts";
import { headersOf } from "./visitor.ts";

type Change = Proof & {
  readonly newPassword: string;
  /** Whether keys, passkeys and the word of others end with the other sessions. */
  readonly endKeys: boolean;
  readonly by: access.Doer;
};

/**
 * Another password for whoever is signed in; every other session ends, and this one goes on under another cookie.
 * @throws AppError AUTH_WRONG_PASSWORD, AUTH_WRONG_CODE, AUTH_WEAK_PASSWORD, AUTH_SIGN_IN_AGAIN, AUTH_TOO_MANY_SIGN_INS
 */
export async function changePassword(accounts: Accounts, change: Change): Promise<readonly string[]> {
  const { person, password: currentPassword = "", newPassword, endKeys, visitor, by } = change;
  await refuseWeak(accounts, { name: person.name, email: person.email, password: newPassword });
  await proveAgain(accounts, change);
  const { api } = await accounts.betterAuth();
  const body = { currentPassword, newPassword, revokeOtherSessions: true };
  const cookies = await inOneTransaction(accounts.db, async (trx) => {
    // Held while the library checks the password once more: whoever was thrown out meanwhile sets none.
    await holdOwn(trx, person);
    const { headers } = await api
      .changePassword({ body, headers: headersOf(visitor), returnHeaders: true })
      .catch(refuse);
    await access.accounts.closeEntrances(trx, person.id);
    if (endKeys) await access.accounts.revokeAll(trx, person.id);
    const details = { keys: endKeys };
    await access.appendAudit(trx, { ...by, action: "account.change-password", target: `person ${person.id}`, details });
    return headers.getSetCookie();
  });
  tellOfChange(accounts, person.email, "it has another password");
  return cookies;
}

/** Somebody who has none, because they come by another way, hears the same. */
function refuse(error: unknown): never {
  const code = betterAuthCode(error);
  throw code === "INVALID_PASSWORD" || code === "CREDENTIAL_ACCOUNT_NOT_FOUND" ? wrongPassword() : error;
}
