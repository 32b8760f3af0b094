import { createHmac } from "node:crypto";
import type { AccountOptions } from "./account-options.ts";
import type { BetterAuth } from "./better-auth.ts";
import { type BreachedPasswords, openBreachedPasswords } from "./breached-passwords.ts";
import { cookieInstance } from "./cookie-instance.ts";

/** Everything that signing in needs. */
export type Accounts = AccountOptions & {
  readonly breached?: BreachedPasswords;
  /** Signs sessions, and what is mailed. */
  readonly secret: string;
  readonly cookieName: string;
  /** Loaded when somebody first signs in or up: it is large, and most requests do without. */
  readonly betterAuth: () => Promise<BetterAuth>;
};

/** @throws AppError AUTH_BREACHED_LIST */
export function openAccounts(options: AccountOptions): Accounts {
  const { instanceKey, publicUrl } = options;
  const secret = createHmac("sha256", instanceKey).update("utxoiq accounts").digest("hex");
  const instance = cookieInstance(instanceKey);
  const prefix = publicUrl.startsWith("https:") ? "__Secure-" : "";
  const cookieName = `${prefix}utxoiq_session_${instance}`;
  let loaded: Promise<BetterAuth> | undefined;
  const load = async (): Promise<BetterAuth> => {
    const { createBetterAuth } = await import("./better-auth.ts");
    return createBetterAuth({ ...options, secret, cookieName, cookiePrefix: `utxoiq_${instance}` });
  };
  const { breachedPasswords } = options;
  const breached = breachedPasswords === undefined ? {} : { breached: openBreachedPasswords(breachedPasswords) };
  return { ...options, ...breached, secret, cookieName, betterAuth: () => (loaded ??= load()) };
}
