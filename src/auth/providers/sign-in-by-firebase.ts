import type { Accounts } from "../accounts.ts";
import { betterAuthCode } from "../better-auth-code.ts";
import { noSuchAccount, noSuchProvider, tokenRefused } from "../errors.ts";
import { finishSignIn, type SignedIn } from "../finish-sign-in.ts";
import { challengeInstead } from "../second-factor/challenge.ts";
import type { AskedForCode } from "../sign-in.ts";
import { headersOf, type Visitor } from "../visitor.ts";
import { type Coming, whileComing } from "./who-comes.ts";

type ByToken = { readonly token: string; readonly visitor: Visitor; readonly anonymousId: string | null };

/**
 * A new session for whom a token of Firebase Authentication names, or the question for a code.
 * @throws AppError AUTH_NO_SUCH_PROVIDER, AUTH_TOKEN_REFUSED, AUTH_NO_SUCH_ACCOUNT, AUTH_PROVIDER_UNREACHABLE
 */
export async function signInByFirebase(
  accounts: Accounts,
  { token: idToken, visitor, anonymousId }: ByToken,
): Promise<SignedIn | AskedForCode> {
  if (accounts.providers?.firebase === undefined) throw noSuchProvider();
  const { api } = await accounts.betterAuth();
  const asked = { body: { idToken }, headers: headersOf(visitor), returnHeaders: true } as const;
  const coming: Coming = {};
  const { headers } = await whileComing(coming, () => api.signInFirebase(asked).catch(refuse));
  const { entrance } = coming;
  const signedIn = await finishSignIn(accounts, { cookies: headers.getSetCookie(), anonymousId, entrance });
  if (!signedIn.person.secondFactor) return signedIn;
  return { next: "second-factor", cookies: [await challengeInstead(accounts, { ...signedIn, by: "firebase" })] };
}

function refuse(error: unknown): never {
  const code = betterAuthCode(error);
  if (code === undefined) throw error;
  throw code === "SIGNUP_DISABLED" || code === "NOT_LINKED" ? noSuchAccount() : tokenRefused();
}
