import { access } from "#store";
import type { Accounts } from "../accounts.ts";
import { betterAuthCode } from "../better-auth-code.ts";
import { countTry, forgetTries } from "../count-tries.ts";
import { signInAgain, tooManySignIns, wrongCode } from "../errors.ts";
import type { Visitor } from "../visitor.ts";

/** For so long a code of six digits counts, the one before and after it among them. */
const CODE_LASTS_MS = 90_000;
/** So many wrong codes, from wherever they came, lock codes for so long. */
const MOST_TRIES = 10;
const LOCKED_SECONDS = 900;

/** Of the app that shows codes; any other is one of the recovery codes. */
export function isOfApp(code: string): boolean {
  return /^\d{6}$/.test(code);
}

type Checking = {
  readonly personId: string;
  /** Six digits, or one of the recovery codes. */
  readonly code: string;
  /** Whether it opens a session, or comes from within one. */
  readonly isSigningIn: boolean;
  readonly visitor: Visitor;
  /** Those by which the library knows whose code it is. */
  readonly headers: Headers;
};

/**
 * Whether it is a code of theirs that was not used before, counted like a password.
 * @returns the cookies that the library answers with
 * @throws AppError AUTH_WRONG_CODE, AUTH_SIGN_IN_AGAIN, AUTH_TOO_MANY_SIGN_INS
 */
export async function checkCode(accounts: Accounts, checking: Checking): Promise<readonly string[]> {
  const { personId, code, visitor, headers } = checking;
  const guess = { what: "second factor", whose: personId, address: visitor.address } as const;
  await countTry(accounts, guess);
  await countEverywhere(accounts, checking);
  if (isOfApp(code) && !(await useOnce(accounts, personId, code))) throw wrongCode();
  const cookies = await askLibrary(accounts, code, headers);
  await forgetTries(accounts, guess);
  await access.forgetWindow(accounts.db, nameOf(checking));
  return cookies;
}

/** Whoever guesses from many addresses has typed the password before: six digits are not many. */
async function countEverywhere({ db }: Accounts, checking: Checking): Promise<void> {
  const asked = { name: nameOf(checking), windowSeconds: LOCKED_SECONDS };
  const { used, resetSeconds } = await access.countOneInWindow(db, asked);
  if (used > MOST_TRIES) throw tooManySignIns(Math.ceil(resetSeconds));
}

/** Each for itself: whoever knows the password and guesses keeps its owner, who is in or has a recovery code, from nothing. */
function nameOf({ personId, code, isSigningIn }: Checking): string {
  return `${isOfApp(code) ? "codes" : "recovery codes"} ${isSigningIn ? "" : "in a session "}of ${personId}`;
}

/** A code that somebody looked on at is worth nothing once its owner has typed it. */
export async function useOnce({ db }: Accounts, personId: string, code: string): Promise<boolean> {
  const expires = new Date(Date.now() + CODE_LASTS_MS);
  return access.useCode(db, { nonce: `totp ${personId} ${code}`, expires });
}

async function askLibrary(accounts: Accounts, code: string, headers: Headers): Promise<readonly string[]> {
  const { api } = await accounts.betterAuth();
  const asked = { body: { code }, headers, returnHeaders: true } as const;
  try {
    const verified = isOfApp(code) ? api.verifyTOTP(asked) : api.verifyBackupCode(asked);
    return (await verified).headers.getSetCookie();
  } catch (error) {
    throw refusalOf(error);
  }
}

/** Any error of the library's as one of ours. */
export function refusalOf(error: unknown): unknown {
  const code = betterAuthCode(error);
  if (code === undefined) return error;
  return code === "INVALID_CODE" || code === "INVALID_BACKUP_CODE" ? wrongCode() : signInAgain();
}
