import { createAuthEndpoint } from "better-auth/api";
import { APIError } from "better-auth";
import { setSessionCookie } from "better-auth/cookies";
import { handleOAuthUserInfo } from "better-auth/oauth2";
import { z } from "zod";
import { access, type Database } from "#store";
import type { FirebaseOptions } from "./provider-options.ts";
import { noteWhoComes } from "./who-comes.ts";
import { readFirebaseToken } from "./read-firebase-token.ts";

/** The library's sign-in by a token that Firebase Authentication gave to an app. */
export function firebase(
  options: FirebaseOptions,
  { mayRegister, db }: { readonly mayRegister: boolean; readonly db: Database },
) {
  const read = readFirebaseToken(options);
  return {
    id: "firebase",
    endpoints: {
      signInFirebase: createAuthEndpoint(
        "/sign-in/firebase",
        { method: "POST", body: z.object({ idToken: z.string() }) },
        async (ctx) => {
          const user = await read(ctx.body.idToken);
          if (user === undefined) throw new APIError("UNAUTHORIZED", { code: "INVALID_TOKEN", message: "invalid" });
          const { id, email, emailVerified, name } = user;
          if (email === undefined || !emailVerified) {
            throw new APIError("FORBIDDEN", { code: "EMAIL_NOT_VERIFIED", message: "no address" });
          }
          // Somebody who typed the address, and cannot read its letters, does not keep its owner out.
          if (mayRegister) await access.accounts.dropUnconfirmed(db, email);
          await noteWhoComes(db, { provider: "firebase", subject: id, email });
          const result = await handleOAuthUserInfo(ctx, {
            userInfo: { id, email, emailVerified, name },
            account: { providerId: "firebase", accountId: id },
            disableSignUp: !mayRegister,
            trustProviderByName: false,
          });
          if (result.data === null) {
            const code = result.error === "signup disabled" ? "SIGNUP_DISABLED" : "NOT_LINKED";
            throw new APIError("FORBIDDEN", { code, message: result.error });
          }
          await setSessionCookie(ctx, result.data);
          return ctx.json({ status: true });
        },
      ),
    },
  } as const;
}
