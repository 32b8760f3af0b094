/** Codes that are asked for beside a password: setting them up, and the second step of signing in. */
export {
  beginSecondFactor,
  confirmSecondFactor,
  countRecoveryCodes,
  endSecondFactor,
  renewRecoveryCodes,
} from "./set-up.ts";
export type { NewSecondFactor } from "./set-up.ts";
export { openChallenge } from "./challenge.ts";
export { verifySecondFactor } from "./verify.ts";
