import { createHash, createHmac } from "node:crypto";
import type { AccountOptions } from "./account-options.ts";
import type { BetterAuth } from "./better-auth.ts";

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
  // Cookies know no port: two instances on one machine must not take each other's away.
  const instance = createHash("sha256").update("utxoiq cookie name").update(instanceKey).digest("hex").slice(0, 8);
  const prefix = publicUrl.startsWith("https:") ? "__Secure-" : "";
  const cookieName = `${prefix}utxoiq_session_${instance}`;
  let loaded: Promise<BetterAuth> | undefined;
  const load = async (): Promise<BetterAuth> => {
    const { createBetterAuth } = await import("./better-auth.ts");
    return createBetterAuth({ ...options, secret, cookieName });
  };
  return { ...options, secret, cookieName, betterAuth: () => (loaded ??= load()) };
}
