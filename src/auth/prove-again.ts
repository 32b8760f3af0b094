import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { countTry, forgetTries } from "./count-tries.ts";
import { codeMissing, signInAgain, wrongPassword } from "./errors.ts";
import { checkCode } from "./second-factor/check-code.ts";
import { headersOf, type Visitor } from "./visitor.ts";

/** Whoever has no password shows that it is still them by having signed in not long ago. */
const FRESH_MS = 10 * 60_000;

export type Proof = {
  readonly person: access.accounts.Person;
  readonly sessionId: string | undefined;
  readonly password: string | undefined;
  /** Of whoever has codes: one of them, or a recovery code. */
  readonly code: string | undefined;
  readonly visitor: Visitor;
};

/**
 * Before what matters: the password once more, and of whoever has codes a code, both counted like signing in.
 * @throws AppError AUTH_WRONG_PASSWORD, AUTH_WRONG_CODE, AUTH_SIGN_IN_AGAIN, AUTH_TOO_MANY_SIGN_INS
 */
export async function proveAgain(accounts: Accounts, proof: Proof): Promise<void> {
  const { person, code, visitor } = proof;
  await provePassword(accounts, proof);
  if (!person.secondFactor) return;
  if (code === undefined) throw codeMissing();
  await checkCode(accounts, { personId: person.id, code, isSigningIn: false, visitor, headers: headersOf(visitor) });
}

async function provePassword(accounts: Accounts, { person, sessionId, password, visitor }: Proof): Promise<void> {
  const { internalAdapter, password: passwords } = await (await accounts.betterAuth()).$context;
  const hash = (await internalAdapter.findCredentialAccount(person.id))?.password;
  if (hash === undefined || hash === null) return refuseOldSession(accounts, person.id, sessionId);
  if (password === undefined) throw wrongPassword();
  const guess = { what: "password", whose: person.email, address: visitor.address } as const;
  await countTry(accounts, guess);
  if (!(await passwords.verify({ hash, password }))) throw wrongPassword();
  await forgetTries(accounts, guess);
}

async function refuseOldSession({ db }: Accounts, personId: string, sessionId: string | undefined): Promise<void> {
  const sessions = await access.accounts.listSessions(db, personId);
  const own = sessions.find(({ id }) => id === sessionId);
  if (own === undefined || Date.now() - own.createdAt.getTime() > FRESH_MS) throw signInAgain();
}
