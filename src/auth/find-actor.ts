import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { type Credentials, identify, type Identity } from "./identify.ts";
import type { Secrets } from "./secrets.ts";
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
  const known = identify(secrets, credentials, now);
  if (known === "wrong-token" || credentials.sessionCookie === undefined) return known;
  const token = openSessionCookie(accounts.secret, credentials.sessionCookie);
  if (token === undefined) return known;
  const found = await access.accounts.findBySession(accounts.db, token);
  if (found === undefined) return known;
  const { person, sessionId } = found;
  const role = known.role === "operator" ? known.role : person.role;
  return { role, personId: person.id, anonymousId: known.personId, person, sessionId };
}
