import { randomBytes } from "node:crypto";
import { access, type Database } from "#store";
import { digestOf } from "./digest-of.ts";
import { ENTITLEMENTS } from "./entitlements.ts";
import { noSuchKey, tooManyKeys } from "./errors.ts";
import { drawPersonId } from "./session-token.ts";

const DAY_SECONDS = 86_400;
/** In which programs change over to a key that takes another's place. */
const OVERLAP_SECONDS = DAY_SECONDS;

const KEY = /^utxoiq_[0-9a-f]{8}_[\w-]{43}$/;

/** A key as it is told once; only its digest is kept. */
export type NewApiKey = access.accounts.ApiKey & { readonly key: string };

type Asked = {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly days: number;
  readonly by: access.Doer;
};

/** @throws AppError AUTH_TOO_MANY_KEYS */
export async function createApiKey(
  db: Database,
  { id: personId, tier }: access.accounts.Person,
  { name, scopes, days, by }: Asked,
): Promise<NewApiKey> {
  const { key, hash, ...drawn } = drawKey(days);
  const most = ENTITLEMENTS[tier].keys;
  const audit = { ...by, action: "key.create", target: `key ${drawn.prefix}`, details: { name, scopes, days } };
  const saved = await access.accounts.saveKey(db, { ...drawn, personId, name, scopes, hash, audit }, most);
  if (!saved) throw tooManyKeys(most);
  return { ...drawn, name, scopes, createdAt: new Date(), lastUsedAt: null, key };
}

/**
 * A key that takes another's place; the other goes on for a day, and cannot be replaced once more.
 * @throws AppError AUTH_NO_SUCH_KEY, AUTH_TOO_MANY_KEYS
 */
export async function rotateApiKey(
  db: Database,
  { id: personId, tier }: access.accounts.Person,
  { oldId, days, by }: { readonly oldId: string; readonly days: number; readonly by: access.Doer },
): Promise<NewApiKey> {
  const { key, hash, ...drawn } = drawKey(days);
  const most = ENTITLEMENTS[tier].keys;
  const audit = { ...by, action: "key.rotate", target: `key ${drawn.prefix}`, details: { of: oldId } };
  const asked = { ...drawn, personId, hash, oldId, overlapSeconds: OVERLAP_SECONDS, most, audit };
  const replaced = await access.accounts.replaceKey(db, asked);
  if (replaced === undefined) throw noSuchKey();
  if (replaced === "too-many") throw tooManyKeys(most);
  return { ...replaced, key };
}

/** Whose key a bearer token is; `undefined` of any other. */
export async function useApiKey(db: Database, token: string): Promise<access.accounts.KeyUse | undefined> {
  return KEY.test(token) ? access.accounts.useKey(db, digestOf(token)) : undefined;
}

function drawKey(days: number) {
  const prefix = `utxoiq_${randomBytes(4).toString("hex")}`;
  const key = `${prefix}_${randomBytes(32).toString("base64url")}`;
  const expiresAt = new Date(Date.now() + days * DAY_SECONDS * 1_000);
  return { id: drawPersonId(), prefix, expiresAt, key, hash: digestOf(key) };
}
