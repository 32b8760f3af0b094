import { access, feedback } from "#store";
import type { Accounts } from "./accounts.ts";
import { keptOut, signInRefused } from "./errors.ts";
import { openSessionCookie } from "./session-cookie.ts";

export type SignedIn = {
  readonly person: access.accounts.Person;
  readonly sessionId: string;
  /** `Set-Cookie` headers. */
  readonly cookies: readonly string[];
};

/**
 * Whose session the library has just opened.
 * @throws AppError AUTH_KEPT_OUT, AUTH_SIGN_IN_REFUSED
 */
export async function finishSignIn(
  accounts: Accounts,
  { cookies, anonymousId }: { readonly cookies: readonly string[]; readonly anonymousId: string | null },
): Promise<SignedIn> {
  const found = await findNewSession(accounts, cookies);
  if (found === undefined) throw opensSession(accounts, cookies) ? keptOut() : signInRefused();
  await takeOverFeedback(accounts, found, anonymousId);
  return { ...found, cookies };
}

/** What somebody said before signing in counts as theirs from now on. */
export async function takeOverFeedback(
  { db }: Accounts,
  { person }: Pick<SignedIn, "person">,
  anonymousId: string | null,
): Promise<void> {
  if (anonymousId !== null) await feedback.claimFeedback(db, { personId: anonymousId, owner: person.id });
}

/** Of the session that these headers set; `undefined` also where its person is kept out. */
export async function findNewSession(accounts: Accounts, cookies: readonly string[]) {
  const token = tokenOf(accounts, cookies);
  return token === undefined ? undefined : access.accounts.findBySession(accounts.db, token);
}

/** Whether the library has let somebody in, whom we may keep out all the same. */
export function opensSession(accounts: Accounts, cookies: readonly string[]): boolean {
  return tokenOf(accounts, cookies) !== undefined;
}

function tokenOf({ secret, cookieName }: Accounts, cookies: readonly string[]): string | undefined {
  const cookie = cookies.find((text) => text.startsWith(`${cookieName}=`));
  return openSessionCookie(secret, cookie?.slice(cookieName.length + 1).split(";")[0] ?? "");
}
