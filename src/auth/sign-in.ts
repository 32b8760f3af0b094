import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { betterAuthCode } from "./better-auth-code.ts";
import { countTry, forgetTries } from "./count-tries.ts";
import { emailUnverified, signInRefused } from "./errors.ts";
import { finishSignIn, type SignedIn } from "./finish-sign-in.ts";
import { headersOf, type Visitor } from "./visitor.ts";

export type SignIn = {
  readonly email: string;
  readonly password: string;
  readonly visitor: Visitor;
  /** Under which the visitor gave feedback before. */
  readonly anonymousId: string | null;
};

/** The password was right, and a code has to come before there is a session. */
export type AskedForCode = { readonly next: "second-factor"; readonly cookies: readonly string[] };

/**
 * A new session, or the question for a code. How long it takes and what is said are the same whether there is such an
 * account or not.
 * @throws AppError AUTH_SIGN_IN_REFUSED, AUTH_KEPT_OUT, AUTH_EMAIL_UNVERIFIED, AUTH_TOO_MANY_SIGN_INS
 */
export async function signIn(accounts: Accounts, given: SignIn): Promise<SignedIn | AskedForCode> {
  const guess = { what: "password", whose: given.email, address: given.visitor.address } as const;
  await countTry(accounts, guess);
  const entrance = await access.accounts.findEntrance(accounts.db, given.email);
  const { cookies, asksForCode } = await checkPassword(accounts, given);
  // The codes are counted by themselves.
  if (asksForCode) {
    // Whoever was thrown out meanwhile is asked for none.
    if (entrance === undefined || !(await access.accounts.holdEntrance(accounts.db, entrance))) throw signInRefused();
    await forgetTries(accounts, guess);
    return { next: "second-factor", cookies };
  }
  const signedIn = await finishSignIn(accounts, { cookies, anonymousId: given.anonymousId, entrance });
  await forgetTries(accounts, guess);
  return signedIn;
}

async function checkPassword(accounts: Accounts, { email, password, visitor }: SignIn) {
  const { api } = await accounts.betterAuth();
  try {
    const body = { email, password };
    const { headers, response } = await api.signInEmail({ body, headers: headersOf(visitor), returnHeaders: true });
    return { cookies: headers.getSetCookie(), asksForCode: "twoFactorRedirect" in response };
  } catch (error) {
    const code = betterAuthCode(error);
    if (code === undefined) throw error;
    throw code === "EMAIL_NOT_VERIFIED" ? emailUnverified() : signInRefused();
  }
}
