import { access } from "#store";
import type { Accounts } from "../accounts.ts";
import { signInAgain } from "../errors.ts";
import { finishSignIn, type SignedIn } from "../finish-sign-in.ts";
import { linkAfterCode } from "../providers/settle-link.ts";
import { headersOf, type Visitor } from "../visitor.ts";
import { findChallenge } from "./challenge.ts";
import { checkCode, isOfApp } from "./check-code.ts";

export type SecondStep = {
  /** Six digits, or one of the recovery codes. */
  readonly code: string;
  readonly visitor: Visitor;
  readonly anonymousId: string | null;
};

/** And by what they showed who they are. */
type SignedInByTwo = SignedIn & { readonly by: string };

/**
 * The second step of signing in, after the password.
 * @throws AppError AUTH_WRONG_CODE, AUTH_KEPT_OUT, AUTH_SIGN_IN_REFUSED, AUTH_SIGN_IN_AGAIN, AUTH_TOO_MANY_SIGN_INS
 */
export async function verifySecondFactor(accounts: Accounts, step: SecondStep): Promise<SignedInByTwo> {
  const { visitor, anonymousId } = step;
  const code = step.code.trim();
  const challenge = await findChallenge(accounts, visitor.cookie);
  if (challenge === undefined) throw signInAgain();
  const { personId, by: first, identifier, cookie } = challenge;
  // Before the library looks for the challenge once more, which goes with whatever throws people out.
  const entrance = await access.accounts.findPerson(accounts.db, personId);
  const headers = headersOf({ ...visitor, cookie });
  const cookies = await checkCode(accounts, { personId, code, isSigningIn: true, visitor, headers });
  const by = `${first} and ${isOfApp(code) ? "code" : "recovery code"}`;
  const signedIn = await finishSignIn(accounts, { cookies, anonymousId, entrance });
  await linkAfterCode(accounts, { person: signedIn.person, challenge: identifier, visitor });
  return { ...signedIn, by };
}
