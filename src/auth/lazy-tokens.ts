import type { Accounts } from "./accounts.ts";
import type { NamedByToken } from "./tokens.ts";

// What signs and checks takes a while to load, and few need it.

export async function createToken(accounts: Accounts, of: NamedByToken): Promise<string> {
  return (await import("./tokens.ts")).createToken(accounts, of);
}

export async function listPublicKeys(accounts: Accounts) {
  return (await import("./tokens.ts")).listPublicKeys(accounts);
}

export async function findByToken(accounts: Accounts, token: string) {
  return (await import("./tokens.ts")).findByToken(accounts, token);
}
