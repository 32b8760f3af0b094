import { passkey } from "@better-auth/passkey";
import { APIError, betterAuth, type BetterAuthOptions } from "better-auth";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { jwt } from "better-auth/plugins/jwt";
import { twoFactor } from "better-auth/plugins/two-factor";
import { access } from "#store";
import type { AccountOptions } from "./account-options.ts";
import { ADDRESS_HEADER } from "./visitor.ts";
import { mayLink } from "./providers/who-comes.ts";
import { noteNewAccount } from "./providers/note-new-account.ts";
import { firebase } from "./providers/firebase.ts";
import { openIdConfig, socialConfig } from "./providers/provider-plugins.ts";
import { writeConfirmingToken } from "./confirming-token.ts";
import { joinTransaction } from "./one-transaction.ts";
import { sendAsked } from "./send-asked.ts";
import { drawId } from "./session-token.ts";
import { writeResetLetter, writeTakenLetter, writeVerifyLetter } from "./letters.ts";

const DAY_SECONDS = 86_400;

/** Long enough that guessing is hopeless where attempts are counted. */
const PASSWORD_LENGTH = { min: 12, max: 128 } as const;

export type BetterAuth = ReturnType<typeof createBetterAuth>;

type Options = AccountOptions & {
  readonly secret: string;
  readonly cookieName: string;
  /** Before the names of the other cookies. */
  readonly cookiePrefix: string;
};

/**
 * The library that keeps passwords, sessions and what is mailed. Its own routes are not served: what may be asked of it
 * stands in the API with everything else. Its tables are ours: migrations 0039, 0041 and 0057.
 */
export function createBetterAuth(options: Options) {
  return betterAuth(betterAuthOptions(options));
}

export function betterAuthOptions(options: Options) {
  const { db, instanceKey, publicUrl, registration, providers, secret, cookieName, cookiePrefix, sendLetter, onFault } =
    options;
  const secure = publicUrl.startsWith("https:");
  const mayRegister = registration === "open";
  return {
    appName: "utxoIQ",
    baseURL: publicUrl,
    basePath: "/api/v1/auth",
    secret,
    database: { db: joinTransaction(db), type: "postgres", transaction: true },
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      resetPasswordTokenExpiresIn: 3_600,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) =>
        send(writeResetLetter({ to: user.email, publicUrl, token }), user.id),
      onExistingUserSignUp: async ({ user }) => send(writeTakenLetter({ to: user.email, publicUrl })),
    },
    emailVerification: {
      sendOnSignUp: true,
      expiresIn: DAY_SECONDS,
      sendVerificationEmail: async ({ user, token: proof }) => {
        const token = writeConfirmingToken(instanceKey, proof, user.id);
        send(writeVerifyLetter({ to: user.email, publicUrl, token }));
      },
    },
    user: {
      modelName: "people",
      fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
      additionalFields: { role: { type: "string", input: false, required: false } },
    },
    session: {
      modelName: "sessions",
      expiresIn: 30 * DAY_SECONDS,
      disableSessionRefresh: true,
      // What asks for more than a session asks for it itself: prove-again.ts.
      freshAge: 0,
      fields: {
        userId: "person_id",
        expiresAt: "expires_at",
        createdAt: "created_at",
        updatedAt: "updated_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
      },
    },
    account: {
      modelName: "sign_in_methods",
      fields: {
        userId: "person_id",
        accountId: "account_id",
        providerId: "provider_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
      updateAccountOnSignIn: false,
    },
    socialProviders: socialConfig(providers, { mayRegister, db }),
    databaseHooks: {
      user: {
        create: {
          before: async (person) => ({ data: { ...person, image: null, name: cleanName(person) } }),
          after: ({ id }, request) => noteNewAccount(db, id, request),
        },
      },
      // Nothing is done at a provider in somebody's name.
      account: {
        create: {
          before: async (method) => (await mayLink(db, method)) && { data: { ...method, ...NO_TOKENS } },
        },
      },
    },
    verification: {
      modelName: "verifications",
      // Whoever reads the table cannot follow the links that were mailed.
      storeIdentifier: "hashed",
      fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" },
    },
    plugins: [
      genericOAuth({ config: openIdConfig(providers, { mayRegister, db }) }),
      // The endpoint is there in any case, so that its type is; without a project it is not asked.
      firebase(providers?.firebase ?? { project: "" }, { mayRegister, db }),
      twoFactor({
        issuer: "utxoIQ",
        // Of somebody without a password a fresh session is asked for: prove-again.ts.
        allowPasswordless: true,
        // Codes are counted by us: check-code.ts.
        accountLockout: { enabled: false },
        schema: {
          user: { fields: { twoFactorEnabled: "two_factor_enabled" } },
          twoFactor: {
            modelName: "second_factors",
            fields: {
              userId: "person_id",
              backupCodes: "backup_codes",
              failedVerificationCount: "failed_verification_count",
              lockedUntil: "locked_until",
            },
          },
        },
      }),
      passkey({
        rpID: new URL(publicUrl).hostname,
        rpName: "utxoIQ",
        origin: publicUrl,
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        advanced: { webAuthnChallengeCookie: "passkey" },
        registration: {
          afterVerification: ({ verification }) => needOwner(verification.registrationInfo?.userVerified),
        },
        authentication: {
          afterVerification: ({ verification }) => needOwner(verification.authenticationInfo.userVerified),
        },
        schema: {
          passkey: {
            modelName: "passkeys",
            fields: {
              publicKey: "public_key",
              userId: "person_id",
              credentialID: "credential_id",
              deviceType: "device_type",
              backedUp: "backed_up",
              createdAt: "created_at",
            },
          },
        },
      }),
      jwt({
        disableSettingJwtHeader: true,
        jwt: { issuer: publicUrl, audience: publicUrl, expirationTime: "15m" },
        jwks: { rotationInterval: 30 * DAY_SECONDS, gracePeriod: DAY_SECONDS },
        schema: {
          jwks: {
            modelName: "signing_keys",
            fields: {
              publicKey: "public_key",
              privateKey: "private_key",
              createdAt: "created_at",
              expiresAt: "expires_at",
            },
          },
        },
      }),
    ],
    advanced: {
      useSecureCookies: secure,
      cookiePrefix,
      cookies: {
        session_token: { name: cookieName.replace("__Secure-", ""), attributes: { sameSite: "strict" } },
        two_factor: { attributes: { sameSite: "strict" } },
        passkey: { attributes: { sameSite: "strict" } },
      },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: drawId },
    },
  } as const satisfies BetterAuthOptions;

  /** Not waited for: how long the mail server takes would tell whether there is an account. */
  function send(letter: Parameters<typeof sendLetter>[0], personId?: string): void {
    sendUnlessKeptOut(letter, personId).catch(onFault);
  }

  /** No link helps whoever is kept out. */
  async function sendUnlessKeptOut(letter: Parameters<typeof sendLetter>[0], personId?: string): Promise<void> {
    const person = personId === undefined ? undefined : await access.accounts.findPerson(db, personId);
    if (person?.blocked !== true) await sendAsked({ db, sendLetter }, letter);
  }
}

/** A passkey stands for two things, one of which is that its owner was there. */
function needOwner(verified: boolean | undefined): void {
  if (verified !== true) throw new APIError("UNAUTHORIZED", { code: "NOT_VERIFIED", message: "nobody was there" });
}

const NO_TOKENS = {
  accessToken: null,
  refreshToken: null,
  idToken: null,
  accessTokenExpiresAt: null,
  refreshTokenExpiresAt: null,
} as const;

const MOST_CHARACTERS = 80;

/** A provider's word for somebody, as our own pages would take it. */
function cleanName({ name, email }: { readonly name: string; readonly email: string }): string {
  const cleaned = name.replaceAll(/[\p{Cc}<>]/gu, "").trim();
  return (cleaned === "" ? (email.split("@")[0] ?? "") : cleaned).slice(0, MOST_CHARACTERS);
}
