import type { Accounts } from "../accounts.ts";
import { betterAuthCode } from "../better-auth-code.ts";
import { keptOut, noSuchAccount, noSuchProvider, tokenRefused } from "../errors.ts";
import { finishSignIn, type SignedIn } from "../finish-sign-in.ts";
import { challengeInstead, type Opened } from "../second-factor/challenge.ts";
import type { AskedForCode } from "../sign-in.ts";
import { headersOf, type Visitor } from "../visitor.ts";
import { settleLink } from "./settle-link.ts";
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
  const coming: Coming = { visitor };
  const answered = await whileComing(coming, async () => api.signInFirebase(asked).catch(refuseUnless(coming)));
  const { entrance, unlinked } = coming;
  if (answered === undefined) {
    if (unlinked === undefined || unlinked.person.blocked) throw keptOut();
    return askForCode(accounts, { person: unlinked.person, subject: unlinked.method.subject });
  }
  const finishing = finishSignIn(accounts, { cookies: answered.headers.getSetCookie(), anonymousId, entrance });
  const signedIn = await finishing.catch(async (error: unknown) => {
    await settleLink(accounts, coming, false);
    throw error;
  });
  await settleLink(accounts, coming, true);
  return signedIn.person.secondFactor ? askForCode(accounts, signedIn) : signedIn;
}

async function askForCode(accounts: Accounts, asked: Omit<Opened, "by">): Promise<AskedForCode> {
  return { next: "second-factor", cookies: [await challengeInstead(accounts, { ...asked, by: "firebase" })] };
}

/** Not of an account that takes more to be opened than a word that nobody had come by. */
function refuseUnless(coming: Coming) {
  return (error: unknown): undefined => {
    if (coming.unlinked === undefined) refuse(error);
  };
}

function refuse(error: unknown): never {
  const code = betterAuthCode(error);
  if (code === undefined) throw error;
  throw code === "SIGNUP_DISABLED" || code === "NOT_LINKED" ? noSuchAccount() : tokenRefused();
}
