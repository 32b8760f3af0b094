/** Accounts: signing in and up, one's own, and everybody's for administrators. */
export * from "./accounts.ts";
