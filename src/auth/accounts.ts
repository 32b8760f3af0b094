import { createHmac } from "node:crypto";
import type { AccountOptions } from "./account-options.ts";
import type { BetterAuth } from "./better-auth.ts";
import { cookieInstance } from "./cookie-instance.ts";

/** Everything that signing in needs. */
export type Accounts = AccountOptions & {
  /** Signs sessions, and what is mailed. */
  readonly secret: string;
  readonly cookieName: string;
  /** Loaded when somebody first signs in or up: it is large, and most requests do without. */
  readonly betterAuth: () => Promise<BetterAuth>;
};

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
  return { ...options, secret, cookieName, betterAuth: () => (loaded ??= load()) };
}
