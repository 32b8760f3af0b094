import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { useApiKey } from "./api-keys.ts";
import { type Actor, bearerOf, type Credentials, identify, type Identity } from "./identify.ts";
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
  const bearer = bearerOf(credentials.authorization);
  const shown = identify(secrets, credentials, now);
  const known = shown === "wrong-token" ? shown : await withoutEnded(accounts, shown);
  if (known === "wrong-token") return findBearer(accounts, bearer ?? "");
  // Whoever shows a token is asked for no cookie.
  if (bearer !== undefined || credentials.sessionCookie === undefined) return known;
  const token = openSessionCookie(accounts.secret, credentials.sessionCookie);
  if (token === undefined) return known;
  const found = await access.accounts.findBySession(accounts.db, token);
  if (found === undefined) return known;
  const { person, sessionId } = found;
  const standing = known.role === "operator" ? { role: known.role } : countedAs(accounts, person);
  const { operator } = known;
  const own = { ...standing, ...(operator && { operator }) };
  return { ...own, personId: person.id, anonymousId: known.personId, person, sessionId };
}

/** A cookie of the operator's whose session ended is worth nothing, whoever copied it. */
async function withoutEnded({ db }: Accounts, actor: Actor): Promise<Actor> {
  const { operator, personId } = actor;
  if (operator === undefined || (await access.useOperatorSession(db, operator.id))) return actor;
  return { role: "guest", personId };
}

/** Three parts with dots between. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** A key or token that does not count (any more) is told, because whoever sends one expects it to. */
async function findBearer(accounts: Accounts, token: string): Promise<Identity> {
  if (TOKEN.test(token)) {
    const found = await findByToken(accounts, token);
    if (found === undefined) return "wrong-token";
    const { person, sessionId, ...use } = found;
    return { ...countedAs(accounts, person), personId: person.id, person, sessionId, use };
  }
  const used = await useApiKey(accounts.db, token);
  if (used === undefined) return "wrong-token";
  const { person, scopes, ...use } = used;
  return { ...countedAs(accounts, person), personId: person.id, person, scopes, use };
}

/** As what somebody counts: as a guest, where codes are asked of them and they have none. */
export function countedAs(
  { codes = "nobody" }: Pick<Accounts, "codes">,
  { role, secondFactor }: Pick<access.accounts.Person, "role" | "secondFactor">,
) {
  const needed = codes === "everybody" || (codes === "admins" && role === "admin");
  return needed && !secondFactor ? ({ role: "guest", lacksCodes: true } as const) : { role };
}
