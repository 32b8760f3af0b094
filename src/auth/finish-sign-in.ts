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

type Finishing = {
  readonly cookies: readonly string[];
  readonly anonymousId: string | null;
  /** Of the account, as it was before anything was checked; none where it was made just now. */
  readonly entrance: access.accounts.Entrance | undefined;
};

/**
 * Whose session the library has just opened.
 * @throws AppError AUTH_KEPT_OUT, AUTH_SIGN_IN_REFUSED
 */
export async function finishSignIn(
  accounts: Accounts,
  { cookies, anonymousId, entrance }: Finishing,
): Promise<SignedIn> {
  const found = await admitNewSession(accounts, cookies, entrance);
  if (found === "kept-out") throw keptOut();
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

/** The session that these headers set, unless its person is kept out, or was thrown out while it was opened. */
export async function admitNewSession(
  accounts: Accounts,
  cookies: readonly string[],
  entrance: access.accounts.Entrance | undefined,
) {
  const token = tokenOf(accounts, cookies);
  const entranceVersion = entrance?.entranceVersion ?? 0;
  return token === undefined ? undefined : access.accounts.admitSession(accounts.db, { token, entranceVersion });
}

/** Of the session that these headers set; `undefined` also where its person is kept out. */
export async function findNewSession(accounts: Accounts, cookies: readonly string[]) {
  const token = tokenOf(accounts, cookies);
  return token === undefined ? undefined : access.accounts.findBySession(accounts.db, token);
}

function tokenOf({ secret, cookieName }: Accounts, cookies: readonly string[]): string | undefined {
  const cookie = cookies.find((text) => text.startsWith(`${cookieName}=`));
  return openSessionCookie(secret, cookie?.slice(cookieName.length + 1).split(";")[0] ?? "");
}
