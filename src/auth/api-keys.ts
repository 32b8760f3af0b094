import { randomBytes } from "node:crypto";
import { access, type Database } from "#store";
import { digestOf } from "./digest-of.ts";
import { noRoomForKey, noSuchKey, signInAgain, tooManyKeys } from "./errors.ts";
import { drawId } from "./session-token.ts";

const DAY_MS = 86_400_000;
const HOUR_SECONDS = 3_600;

const KEY = /^utxoiq_[0-9a-f]{8}_[\w-]{43}$/;

/** A key as it is told once; only its digest is kept. */
export type NewApiKey = access.accounts.ApiKey & { readonly key: string };

type Asked = {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly days: number;
  /** Of this key alone; without it as many as its person may. */
  readonly requestsPerHour?: number | null;
  readonly by: access.Doer;
};

/** @throws AppError AUTH_TOO_MANY_KEYS, AUTH_SIGN_IN_AGAIN */
export async function createApiKey(
  db: Database,
  person: access.accounts.Person,
  { name, scopes, days, requestsPerHour = null, by }: Asked,
): Promise<NewApiKey> {
  const { key, hash, ...drawn } = drawKey();
  const { keys: most } = await access.accounts.findTier(db, person.tier);
  // Not its name: what is written there is kept for ever.
  const details = { prefix: drawn.prefix, scopes, days, requestsPerHour };
  const audit = { ...by, action: "key.create", target: `key ${drawn.id}`, details };
  const kept = { ...drawn, name, scopes, requestsPerHour, expiresAt: new Date(Date.now() + days * DAY_MS) };
  const saved = await access.accounts.saveKey(db, { ...kept, of: person, hash, audit }, most);
  if (saved === "closed") throw signInAgain();
  if (saved === "no-room") throw tooManyKeys(most);
  return { ...kept, createdAt: new Date(), lastUsedAt: null, isReplaced: false, key };
}

type Rotating = {
  readonly oldId: string;
  /** For how long both count; 0: the other ends at once. */
  readonly overlapHours: number;
  readonly by: access.Doer;
};

/**
 * A key that takes another's place, for as long as that was made for.
 * @throws AppError AUTH_NO_SUCH_KEY, also where it was replaced before; AUTH_TOO_MANY_KEYS where there is no room for both; AUTH_SIGN_IN_AGAIN
 */
export async function rotateApiKey(
  db: Database,
  person: access.accounts.Person,
  { oldId, overlapHours, by }: Rotating,
): Promise<NewApiKey> {
  const { key, hash, ...drawn } = drawKey();
  const { keys: most } = await access.accounts.findTier(db, person.tier);
  const details = { prefix: drawn.prefix, of: oldId, overlapHours };
  const audit = { ...by, action: "key.rotate", target: `key ${drawn.id}`, details };
  const asked = { ...drawn, of: person, hash, oldId, overlapSeconds: overlapHours * HOUR_SECONDS, most, audit };
  const replaced = await access.accounts.replaceKey(db, asked);
  if (replaced === undefined) throw noSuchKey();
  if (replaced === "closed") throw signInAgain();
  if (replaced === "no-room") throw noRoomForKey(most);
  return { ...replaced, key };
}

/** Whose key a bearer token is; `undefined` of any other. */
export async function useApiKey(db: Database, token: string): Promise<access.accounts.KeyUse | undefined> {
  return KEY.test(token) ? access.accounts.useKey(db, digestOf(token)) : undefined;
}

function drawKey() {
  const prefix = `utxoiq_${randomBytes(4).toString("hex")}`;
  const key = `${prefix}_${randomBytes(32).toString("base64url")}`;
  return { id: drawId(), prefix, key, hash: digestOf(key) };
}
