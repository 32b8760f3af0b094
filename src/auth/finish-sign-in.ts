import { access, feedback } from "#store";
import type { Accounts } from "./accounts.ts";
import { signInRefused } from "./errors.ts";
import { openSessionCookie } from "./session-cookie.ts";

export type SignedIn = {
  readonly person: access.accounts.Person;
  readonly sessionId: string;
  /** `Set-Cookie` headers. */
  readonly cookies: readonly string[];
};

/** Whose session the library has just opened. Somebody who is kept out hears what a stranger hears. */
export async function finishSignIn(
  accounts: Accounts,
  { cookies, anonymousId }: { readonly cookies: readonly string[]; readonly anonymousId: string | null },
): Promise<SignedIn> {
  const found = await findNewSession(accounts, cookies);
  if (found === undefined) throw signInRefused();
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

/** Of the session that these headers set. */
export async function findNewSession({ db, secret, cookieName }: Accounts, cookies: readonly string[]) {
  const cookie = cookies.find((text) => text.startsWith(`${cookieName}=`));
  const token = openSessionCookie(secret, cookie?.slice(cookieName.length + 1).split(";")[0] ?? "");
  return token === undefined ? undefined : access.accounts.findBySession(db, token);
}
