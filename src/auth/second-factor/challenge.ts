import { access } from "#store";
import type { Accounts } from "../accounts.ts";
import { signInRefused } from "../errors.ts";
import { inOneTransaction } from "../one-transaction.ts";
import { readCookie } from "../read-cookie.ts";
import { openSessionCookie, signCookie } from "../session-cookie.ts";
import { linkThatWaits } from "../providers/settle-link.ts";
import { drawId } from "../session-token.ts";

/** The library's name of the cookie of somebody whose password was right and whose code is still to come. */
const COOKIE = "two_factor";
const SECONDS = 600;

type Proved = {
  readonly personId: string;
  /** Who named them. */
  readonly by: string;
  /** As whom, where that opens the account only once the code is right. */
  readonly subject?: string | undefined;
};

/** Asks somebody whom another has named for a code, as the library does after a password. A `Set-Cookie` header. */
export async function openChallenge(
  { betterAuth, secret }: Accounts,
  { personId, by, subject }: Proved,
): Promise<string> {
  const { internalAdapter, createAuthCookie } = await (await betterAuth()).$context;
  const identifier = `2fa-${by}-${drawId()}`;
  const expiresAt = new Date(Date.now() + SECONDS * 1_000);
  await internalAdapter.createVerificationValue({ identifier, value: personId, expiresAt });
  await internalAdapter.createVerificationValue({ identifier: `2fa-attempts-${identifier}`, value: "0", expiresAt });
  if (subject !== undefined) {
    const value = JSON.stringify({ personId, provider: by, subject });
    await internalAdapter.createVerificationValue({ identifier: linkThatWaits(identifier), value, expiresAt });
  }
  const { name, attributes } = createAuthCookie(COOKIE);
  const secure = attributes.secure === true ? "; Secure" : "";
  return `${name}=${signCookie(secret, identifier)}; Max-Age=${SECONDS}; Path=/; HttpOnly${secure}; SameSite=Strict`;
}

export type Opened = Omit<Proved, "personId"> & {
  readonly person: access.accounts.Person;
  readonly sessionId?: string;
};

/** The same for a session that was just opened, or in its place, unless its person was thrown out since. */
export async function challengeInstead(
  accounts: Accounts,
  { person, sessionId, by, subject }: Opened,
): Promise<string> {
  if (sessionId !== undefined) await access.accounts.dropSession(accounts.db, sessionId);
  return inOneTransaction(accounts.db, async (trx) => {
    if (!(await access.accounts.holdEntrance(trx, person))) throw signInRefused();
    return openChallenge(accounts, { personId: person.id, by, subject });
  });
}

export type Challenge = {
  readonly personId: string;
  /** What was proved before. */
  readonly by: string;
  readonly identifier: string;
  /** The cookie alone: whoever is signed in beside is not who this is about. */
  readonly cookie: string;
};

/** Who was asked for a code in this browser; `undefined` where nobody was, or too long ago. */
export async function findChallenge({ betterAuth, secret }: Accounts, cookies: string): Promise<Challenge | undefined> {
  const { internalAdapter, createAuthCookie } = await (await betterAuth()).$context;
  const { name } = createAuthCookie(COOKIE);
  const value = readCookie(cookies, name);
  const identifier = value === undefined ? undefined : openSessionCookie(secret, value);
  if (value === undefined || identifier === undefined) return undefined;
  const asked = await internalAdapter.findVerificationValue(identifier);
  if (!asked || asked.expiresAt < new Date()) return undefined;
  // The library's own say nothing of it, and are shorter: a password was typed.
  const [, by = "password"] = /^2fa-([a-z]+)-[0-9a-f]{32}$/.exec(identifier) ?? [];
  return { personId: asked.value, by, identifier, cookie: `${name}=${value}` };
}
