/** Passkeys: adding one to an account, and signing in by one. */
export { askForNewPasskey, askForPasskey, hasPasskeys, savePasskey, signInByPasskey } from "./passkeys.ts";
export type { PasskeyQuestion } from "./passkeys.ts";
