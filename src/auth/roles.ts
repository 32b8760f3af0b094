/**
 * What somebody may be: nobody in particular, somebody with an account (member, analyst, admin), a program of ours or
 * others (service), and whoever can read this machine's files (operator).
 */
export const ROLES = ["guest", "member", "analyst", "service", "admin", "operator"] as const;

export type Role = (typeof ROLES)[number];
