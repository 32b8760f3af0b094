import { randomBytes } from "node:crypto";
import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { digestOf } from "./digest-of.ts";
import { signInAgain, tokenRefused } from "./errors.ts";
import { createToken } from "./lazy-tokens.ts";
import { drawId } from "./session-token.ts";

/** An answer may be lost on its way: for so long it can be asked for once more. */
const OVERLAP_SECONDS = 30;

const REFRESH_TOKEN = /^utxoiq_refresh_[\w-]{43}$/;

/** What a program shows with each request, and by what it asks for the next such. */
export type TokenPair = { readonly token: string; readonly refreshToken: string };

/** The first of a session. @throws AppError AUTH_SIGN_IN_AGAIN where that has just ended */
export async function createTokens(
  accounts: Accounts,
  { personId, sessionId, by }: { readonly personId: string; readonly sessionId: string; readonly by: access.Doer },
): Promise<TokenPair> {
  const family = drawId();
  const token = await createToken(accounts, { personId, sessionId, family });
  const { refreshToken, hash } = drawRefreshToken();
  const audit = { ...by, action: "token.create", target: `session ${sessionId}` };
  const saved = await access.accounts.saveRefreshToken(accounts.db, { hash, family, sessionId, audit });
  if (!saved) throw signInAgain();
  return { token, refreshToken };
}

/**
 * The next token, and what takes the place of the one that was shown. One that comes a second time was copied: whoever
 * holds it or its successors has to begin with a session again (RFC 9700, 4.14.2).
 * @throws AppError AUTH_TOKEN_REFUSED
 */
export async function renewTokens(accounts: Accounts, shown: string, by: access.Doer): Promise<TokenPair> {
  if (!REFRESH_TOKEN.test(shown)) throw tokenRefused();
  const { refreshToken, hash: next } = drawRefreshToken();
  const used = await access.accounts.useRefreshToken(accounts.db, {
    hash: digestOf(shown),
    next,
    overlapSeconds: OVERLAP_SECONDS,
    audit: ({ id, role }, action) => ({ ...by, role, personId: id, action, target: `person ${id}` }),
  });
  if (used === undefined) throw tokenRefused();
  const { person, sessionId, family } = used;
  const token = await createToken(accounts, { personId: person.id, sessionId, family });
  return { token, refreshToken };
}

function drawRefreshToken() {
  const refreshToken = `utxoiq_refresh_${randomBytes(32).toString("base64url")}`;
  return { refreshToken, hash: digestOf(refreshToken) };
}
