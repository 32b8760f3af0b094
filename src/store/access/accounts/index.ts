/** People, their sessions, invitations and keys, beside what Better Auth writes by itself. */
export { listKeys, replaceKey, revokeKey, saveKey, useKey, type ApiKey, type KeyUse } from "./api-keys.ts";
export { findInvitation, listInvitations, saveInvitation, useInvitation } from "./invitations.ts";
export type { Invitation } from "./invitations.ts";
export { listLasting } from "./lasting.ts";
export { changePerson, findPerson, hasAdmin, listPeople, type Person, type PersonChange } from "./people.ts";
export { endSessions, findBySession, findBySessionId, listSessions, type StoredSession } from "./sessions.ts";
export { countAttempt, forgetAttempts } from "./sign-in-attempts.ts";
export type { PersonRole, Tier } from "./tables.ts";
