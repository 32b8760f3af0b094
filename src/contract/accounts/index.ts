/** Accounts: signing in and up, one's own, and everybody's for administrators. */
export * from "./accounts.ts";
export * from "./own-data.ts";
export * from "./passkeys.ts";
export * from "./providers.ts";
export * from "./second-factor.ts";
