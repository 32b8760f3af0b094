/** People, their sessions, invitations and keys, beside what Better Auth writes by itself. */
export { changeEmail } from "./change-email.ts";
export { dropEmailChanges, writeEmailChange, type EmailChange } from "./drop-links.ts";
export { deletePerson } from "./delete-person.ts";
export { exportPerson } from "./export-person.ts";
export { listExpiringKeys, markReminded, type ExpiringKey } from "./key-reminders.ts";
export { listKeys, replaceKey, revokeKey, saveKey, forgetUsage, useKey, type ApiKey, type KeyUse } from "./api-keys.ts";
export type { HourlyUse } from "./hourly-use.ts";
export { findInvitation, listInvitations, saveInvitation, useInvitation, withdrawInvitation } from "./invitations.ts";
export type { Invitation } from "./invitations.ts";
export { type LastingFor, listLasting } from "./lasting.ts";
export { changePerson, findPerson, hasAdmin, listPeople, type PersonChange } from "./people.ts";
export type { Person } from "./person.ts";
export { listPasskeys, type Passkey } from "./passkeys.ts";
export { dropMethod, hasPassword, linkMethod, listMethods, removeWay } from "./methods.ts";
export { dropUnconfirmed, forgetUnconfirmed } from "./unconfirmed.ts";
export {
  admitSession,
  closeEntrances,
  findEntrance,
  findEntranceByMethod,
  findEntranceByPasskey,
  holdEntrance,
  type Entrance,
  type Method,
} from "./entrances.ts";
export { revokeAll } from "./revoke-all.ts";
export { endSecondFactor } from "./second-factors.ts";
export {
  dropSession,
  endOtherSessions,
  endSessions,
  findBySession,
  forgetSessions,
  useSession,
  listSessions,
  type StoredSession,
} from "./sessions.ts";
export { saveRefreshToken, useRefreshToken } from "./refresh-tokens.ts";
export { countAttempt, forgetAttempts, forgetOldAttempts } from "./sign-in-attempts.ts";
export type { PersonRole, Tier } from "./tables.ts";
export { changeTier, findTier, listTiers, type Entitlements, type StoredTier } from "./tiers.ts";
