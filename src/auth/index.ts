/**
 * Who asks, and how that is known: the instance's key, the operator's token and one-time codes, signed cookies that
 * name an anonymous person or the operator, and what opens an account.
 * Deliberately not here: which route needs what (`api/permissions.ts`), cookies' headers (`api`), SQL (`store`).
 * A check that cannot be made denies. Start with identify.ts.
 */
export { openAccounts, type Accounts } from "./accounts.ts";
export { createApiKey, rotateApiKey, type NewApiKey } from "./api-keys.ts";
export { askEmailChange, confirmEmailChange } from "./change-email.ts";
export { deleteAccount } from "./delete-account.ts";
export { remindOfKeys } from "./remind-of-keys.ts";
export { changePassword } from "./change-password.ts";
export type { AccountOptions, CodesOf, Registration } from "./account-options.ts";
export { cookieInstance } from "./cookie-instance.ts";
export { countedAs, findActor } from "./find-actor.ts";
export { createOperatorCode, redeemOperatorCode } from "./operator-codes.ts";
export type { Actor, Credentials } from "./identify.ts";
export { acceptInvitation, invite } from "./invitations.ts";
export { openInstanceKey } from "./instance-key.ts";
export { requestPasswordReset, resetPassword, sendVerification, verifyEmail } from "./mailed-links.ts";
export { removeOperatorToken, writeOperatorToken } from "./operator-token.ts";
export { ROLES, type Role } from "./roles.ts";
export { LEAVING_SECONDS, type Leaving, openLeaving, signLeaving } from "./leaving.ts";
export { type Proof, proveAgain } from "./prove-again.ts";
export { tellOfChange } from "./tell-of-change.ts";
export { openSealed, sealText } from "./sealed-text.ts";
export { drawSecrets, type Secrets } from "./secrets.ts";
export { drawId, signSession, type Session } from "./session-token.ts";
export type { SignedIn } from "./finish-sign-in.ts";
export { readCookie } from "./read-cookie.ts";
export * as passkeys from "./passkeys/index.ts";
export * as providers from "./providers/index.ts";
export * as secondFactor from "./second-factor/index.ts";
export { signIn, type AskedForCode } from "./sign-in.ts";
export { createAccount, makeAccount, signUp } from "./sign-up.ts";
export { findByToken, listPublicKeys } from "./lazy-tokens.ts";
export { createTokens, renewTokens } from "./refresh-tokens.ts";
export type { Visitor } from "./visitor.ts";
