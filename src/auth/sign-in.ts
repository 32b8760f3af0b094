import { createHash } from "node:crypto";
import { access, feedback } from "#store";
import type { Accounts } from "./accounts.ts";
import { betterAuthCode } from "./better-auth-code.ts";
import { emailUnverified, signInRefused, tooManySignIns } from "./errors.ts";
import { openSessionCookie } from "./session-cookie.ts";
import { headersOf, type Visitor } from "./visitor.ts";

export type SignedIn = {
  readonly person: access.accounts.Person;
  /** `Set-Cookie` headers. */
  readonly cookies: readonly string[];
};

export type SignIn = {
  readonly email: string;
  readonly password: string;
  readonly visitor: Visitor;
  /** Under which the visitor gave feedback before. */
  readonly anonymousId: string | null;
};

/**
 * A new session. How long it takes and what is said are the same whether there is such an account or not.
 * @throws AppError AUTH_SIGN_IN_REFUSED, AUTH_EMAIL_UNVERIFIED, AUTH_TOO_MANY_SIGN_INS
 */
export async function signIn(accounts: Accounts, given: SignIn): Promise<SignedIn> {
  const { db } = accounts;
  const tried = { account: digestOf(given.email), address: given.visitor.address };
  const seconds = await access.accounts.countAttempt(db, tried);
  if (seconds > 0) throw tooManySignIns(seconds);
  const cookies = await checkPassword(accounts, given);
  const found = await findSignedIn(accounts, cookies);
  // Somebody who is kept out hears what a stranger hears.
  if (found === undefined) throw signInRefused();
  await access.accounts.forgetAttempts(db, tried);
  await claimFeedback(accounts, found.id, given.anonymousId);
  return { person: found, cookies };
}

async function checkPassword(accounts: Accounts, { email, password, visitor }: SignIn): Promise<readonly string[]> {
  const { api } = await accounts.betterAuth();
  try {
    const body = { email, password };
    const { headers } = await api.signInEmail({ body, headers: headersOf(visitor), returnHeaders: true });
    return headers.getSetCookie();
  } catch (error) {
    const code = betterAuthCode(error);
    if (code === undefined) throw error;
    throw code === "EMAIL_NOT_VERIFIED" ? emailUnverified() : signInRefused();
  }
}

async function findSignedIn({ db, secret, cookieName }: Accounts, cookies: readonly string[]) {
  const cookie = cookies.find((text) => text.startsWith(`${cookieName}=`));
  const token = openSessionCookie(secret, cookie?.slice(cookieName.length + 1).split(";")[0] ?? "");
  return token === undefined ? undefined : (await access.accounts.findBySession(db, token))?.person;
}

/** What somebody said before signing in counts as theirs from now on. */
async function claimFeedback({ db }: Accounts, owner: string, anonymousId: string | null): Promise<void> {
  if (anonymousId !== null) await feedback.claimFeedback(db, { personId: anonymousId, owner });
}

function digestOf(email: string): string {
  return createHash("sha256").update(email.trim().toLowerCase()).digest("hex");
}
