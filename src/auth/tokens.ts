import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from "jose";
import { access } from "#store";
import type { Accounts } from "./accounts.ts";

const ALGORITHM = "EdDSA";
/** As long as others may keep what `/.well-known/jwks.json` says: a key that was taken back counts no longer. */
const KEPT_MS = 300_000;
/** Between two looks at the keys for one that is not known. */
const LOOK_AGAIN_MS = 1_000;

/** Whose token it is, while it, the session that it was made in and what renews it last; `undefined` where it is not ours. */
export async function findByToken(accounts: Accounts, token: string) {
  const claims = await verify(accounts, token);
  if (claims === undefined) return undefined;
  const { sub, sid, line, exp = 0 } = claims;
  if (typeof sid !== "string" || typeof line !== "string") return undefined;
  const found = await access.accounts.useSession(accounts.db, { id: sid, family: line });
  return found !== undefined && found.person.id === sub ? { ...found, family: line, until: exp } : undefined;
}

export type NamedByToken = {
  readonly personId: string;
  readonly sessionId: string;
  /** Of the refresh tokens that took each other's place: all end when one is found to be copied. */
  readonly family: string;
};

/** A token that says who somebody is, for the quarter of an hour that the library gives it. */
export async function createToken(
  { betterAuth }: Accounts,
  { personId, sessionId, family }: NamedByToken,
): Promise<string> {
  const { api } = await betterAuth();
  const payload = { sub: personId, sid: sessionId, line: family, iat: Math.floor(Date.now() / 1_000) };
  const { token } = await api.signJWT({ body: { payload } });
  return token;
}

/** The public keys by which anybody can check a token. */
export async function listPublicKeys({ betterAuth }: Accounts): Promise<JSONWebKeySet> {
  const { api } = await betterAuth();
  return api.getJwks();
}

type Known = { readonly keys: ReturnType<typeof createLocalJWKSet>; readonly at: number };
const known = new WeakMap<Accounts, Known>();

async function verify(accounts: Accounts, token: string) {
  const options = { issuer: accounts.publicUrl, audience: accounts.publicUrl, algorithms: [ALGORITHM] };
  const requiredClaims = ["sub", "sid", "line", "exp", "iat"];
  const attempt = async ({ keys }: Known) => (await jwtVerify(token, keys, { ...options, requiredClaims })).payload;
  const held = known.get(accounts);
  const cached = held !== undefined && performance.now() - held.at < KEPT_MS ? held : await look(accounts);
  try {
    return await attempt(cached);
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    const mayBeNew = error instanceof errors.JWKSNoMatchingKey && performance.now() - cached.at > LOOK_AGAIN_MS;
    if (!mayBeNew) return undefined;
  }
  try {
    // Another process may have drawn a key since.
    return await attempt(await look(accounts));
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    return undefined;
  }
}

async function look(accounts: Accounts): Promise<Known> {
  const fresh = { keys: createLocalJWKSet(await listPublicKeys(accounts)), at: performance.now() };
  known.set(accounts, fresh);
  return fresh;
}
