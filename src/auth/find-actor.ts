import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { useApiKey } from "./api-keys.ts";
import { type Actor, bearerOf, type Credentials, identify, type Identity } from "./identify.ts";
import type { Session } from "./session-token.ts";
import type { Secrets } from "./secrets.ts";
import { findByToken } from "./lazy-tokens.ts";
import { openSessionCookie } from "./session-cookie.ts";

/**
 * Who asks, by all that a request shows. A session that ended, or is not one of ours, counts as none.
 * @param now unix seconds
 */
export async function findActor(
  accounts: Accounts,
  secrets: Secrets,
  { credentials, now }: { readonly credentials: Credentials; readonly now: number },
): Promise<Identity> {
  const shown = identify(secrets, credentials, now);
  const known = shown === "wrong-token" ? shown : await withoutEnded(accounts, shown);
  if (known === "wrong-token") return findBearer(accounts, bearerOf(credentials.authorization) ?? "");
  if (credentials.sessionCookie === undefined) return known;
  const token = openSessionCookie(accounts.secret, credentials.sessionCookie);
  if (token === undefined) return known;
  const found = await access.accounts.findBySession(accounts.db, token);
  if (found === undefined) return known;
  const { person, sessionId } = found;
  const standing = known.role === "operator" ? { role: known.role } : standingOf(accounts, person);
  const { operator } = known;
  const own = { ...standing, ...(operator && { operator }) };
  return { ...own, personId: person.id, anonymousId: known.personId, person, sessionId };
}

/** A cookie of the operator's that was signed out is worth nothing, whoever copied it. */
async function withoutEnded({ db }: Accounts, actor: Actor): Promise<Actor> {
  const { operator, personId } = actor;
  if (operator === undefined || !(await access.isCodeUsed(db, nonceOf(operator)))) return actor;
  return { role: "guest", personId };
}

/** Signs a browser of the operator's out for good. */
export async function endOperatorSession({ db }: Accounts, session: Session): Promise<void> {
  await access.useCode(db, { nonce: nonceOf(session), expires: new Date(session.expires * 1_000) });
}

function nonceOf({ id }: Session): string {
  return `ended operator session ${id}`;
}

/** Three parts with dots between. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** A key or token that does not count (any more) is told, because whoever sends one expects it to. */
async function findBearer(accounts: Accounts, token: string): Promise<Identity> {
  if (TOKEN.test(token)) {
    const found = await findByToken(accounts, token);
    if (found === undefined) return "wrong-token";
    const { person, sessionId, ...use } = found;
    return { ...standingOf(accounts, person), personId: person.id, person, sessionId, use };
  }
  const used = await useApiKey(accounts.db, token);
  if (used === undefined) return "wrong-token";
  const { person, scopes, ...use } = used;
  return { ...standingOf(accounts, person), personId: person.id, person, scopes, use };
}

/** As what somebody counts: as a guest, where codes are asked of them and they have none. */
function standingOf({ codes = "nobody" }: Accounts, { role, secondFactor }: access.accounts.Person) {
  const needed = codes === "everybody" || (codes === "admins" && role === "admin");
  return needed && !secondFactor ? ({ role: "guest", lacksCodes: true } as const) : { role };
}
