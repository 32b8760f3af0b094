import { access } from "#store";
import type { Accounts } from "../accounts.ts";
import { betterAuthCode } from "../better-auth-code.ts";
import { countTry, forgetTries } from "../count-tries.ts";
import { noSecondFactor, secondFactorOn, signInAgain, wrongCode } from "../errors.ts";
import { findNewSession } from "../finish-sign-in.ts";
import { holdOwn } from "../hold-own.ts";
import { inOneTransaction } from "../one-transaction.ts";
import { type Proof, proveAgain } from "../prove-again.ts";
import { tellOfChange } from "../tell-of-change.ts";
import { headersOf } from "../visitor.ts";
import { refusalOf, useOnce } from "./check-code.ts";

export type Changing = Proof & {
  readonly audit: access.AuditEntry;
};

/** What an app for codes needs, told this once. It counts when a first code was shown. */
export type NewSecondFactor = {
  /** `otpauth://…`, as a picture for a camera, or typed in. */
  readonly uri: string;
  readonly recoveryCodes: readonly string[];
};

/** @throws AppError AUTH_WRONG_PASSWORD, AUTH_SIGN_IN_AGAIN, AUTH_SECOND_FACTOR_ON */
export async function beginSecondFactor(accounts: Accounts, changing: Changing): Promise<NewSecondFactor> {
  await proveAgain(accounts, changing);
  const { api } = await accounts.betterAuth();
  try {
    const asked = {
      body: { method: "totp", ...passwordOf(changing) } as const,
      headers: headersOf(changing.visitor),
    };
    return await inOneTransaction(accounts.db, async (trx) => {
      await holdOwn(trx, changing.person);
      const { totpURI: uri, backupCodes: recoveryCodes } = (await api.enableTwoFactor(asked)) as {
        totpURI: string;
        backupCodes: string[];
      };
      await access.appendAudit(trx, changing.audit);
      return { uri, recoveryCodes };
    });
  } catch (error) {
    throw betterAuthCode(error) === "TOTP_ALREADY_ENABLED" ? secondFactorOn() : error;
  }
}

type Confirming = Pick<Changing, "person" | "visitor" | "audit"> & { readonly code: string };

/**
 * The first code turns it on; every other session ends, and this one goes on under another cookie.
 * @throws AppError AUTH_WRONG_CODE, AUTH_NO_SECOND_FACTOR, AUTH_SIGN_IN_AGAIN, AUTH_TOO_MANY_SIGN_INS
 */
export async function confirmSecondFactor(
  accounts: Accounts,
  { person, code, visitor, audit }: Confirming,
): Promise<readonly string[]> {
  const guess = { what: "second factor", whose: person.id, address: visitor.address } as const;
  await countTry(accounts, guess);
  if (person.secondFactor) throw secondFactorOn();
  if (!(await useOnce(accounts, person.id, code))) throw wrongCode();
  const { api } = await accounts.betterAuth();
  const cookies = await inOneTransaction(accounts.db, async (trx) => {
    await holdOwn(trx, person);
    const asked = { body: { code }, headers: headersOf(visitor), returnHeaders: true } as const;
    const { headers } = await api.verifyTOTP(asked).catch((error: unknown) => {
      throw betterAuthCode(error) === "TOTP_NOT_ENABLED" ? noSecondFactor() : refusalOf(error);
    });
    const set = headers.getSetCookie();
    const own = await findNewSession({ ...accounts, db: trx }, set);
    await access.accounts.closeEntrances(trx, person.id);
    if (own !== undefined) await access.accounts.endOtherSessions(trx, own.sessionId, person.id);
    await access.appendAudit(trx, audit);
    return set;
  });
  await forgetTries(accounts, guess);
  tellOfChange(accounts, person.email, "a code is asked for beside the password from now on");
  return cookies;
}

/** @throws AppError AUTH_WRONG_PASSWORD, AUTH_WRONG_CODE, AUTH_SIGN_IN_AGAIN, AUTH_NO_SECOND_FACTOR */
export async function endSecondFactor(accounts: Accounts, changing: Changing): Promise<void> {
  await proveAgain(accounts, changing);
  const { person, audit } = changing;
  if (!person.secondFactor) throw noSecondFactor();
  const ended = await access.accounts.endSecondFactor(accounts.db, { of: person, audit });
  if (!ended) throw signInAgain();
  tellOfChange(accounts, person.email, "no code is asked for beside the password any more");
}

/**
 * Others in the place of those that were told before.
 * @throws AppError AUTH_WRONG_PASSWORD, AUTH_WRONG_CODE, AUTH_SIGN_IN_AGAIN, AUTH_NO_SECOND_FACTOR
 */
export async function renewRecoveryCodes(accounts: Accounts, changing: Changing): Promise<readonly string[]> {
  await proveAgain(accounts, changing);
  if (!changing.person.secondFactor) throw noSecondFactor();
  const { api } = await accounts.betterAuth();
  const codes = await inOneTransaction(accounts.db, async (trx) => {
    await holdOwn(trx, changing.person);
    const asked = { body: passwordOf(changing), headers: headersOf(changing.visitor) };
    const { backupCodes } = await api.generateBackupCodes(asked);
    await access.appendAudit(trx, changing.audit);
    return backupCodes;
  });
  tellOfChange(accounts, changing.person.email, "its recovery codes are others from now on");
  return codes;
}

/** How many recovery codes have not been used; 0 where there are none. */
export async function countRecoveryCodes(accounts: Accounts, person: access.accounts.Person): Promise<number> {
  if (!person.secondFactor) return 0;
  const { api } = await accounts.betterAuth();
  const { backupCodes } = await api.viewBackupCodes({ body: { userId: person.id } });
  return backupCodes.length;
}

function passwordOf({ password }: Changing): { readonly password?: string } {
  return password === undefined ? {} : { password };
}
