/** Who has an account, which one-time codes were used, and who changed what. */
export * as accounts from "./accounts/index.ts";
export { appendAudit, type AuditEntry, type Doer } from "./audit-entries.ts";
export { listAudit, type AuditSearch, type StoredAuditEntry } from "./audit-entries.ts";
export { addDenials, listDenials, targetOfEmail, type Denial } from "./denials.ts";
export { countInWindow, countOneInWindow, forgetWindow, forgetWindows } from "./window-counts.ts";
export { useCode } from "./used-codes.ts";
export {
  beginOperatorSession,
  endOperatorSession,
  forgetOperatorSessions,
  listOperatorSessions,
  useOperatorSession,
} from "./operator-sessions.ts";
export { renewStreamShares, takeStreamShares } from "./stream-shares.ts";
