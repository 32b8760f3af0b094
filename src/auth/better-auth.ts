import { betterAuth, type BetterAuthOptions } from "better-auth";
import { jwt } from "better-auth/plugins/jwt";
import type { AccountOptions } from "./account-options.ts";
import { ADDRESS_HEADER } from "./visitor.ts";
import { drawPersonId } from "./session-token.ts";
import { writeResetLetter, writeTakenLetter, writeVerifyLetter } from "./letters.ts";

const DAY_SECONDS = 86_400;

/** Long enough that guessing is hopeless where attempts are counted. */
const PASSWORD_LENGTH = { min: 12, max: 128 } as const;

export type BetterAuth = ReturnType<typeof createBetterAuth>;

type Options = AccountOptions & { readonly secret: string; readonly cookieName: string };

/**
 * The library that keeps passwords, sessions and what is mailed. Its own routes are not served: what may be asked of it
 * stands in the API with everything else. Its tables are ours: migration 0039.
 */
export function createBetterAuth(options: Options) {
  return betterAuth(betterAuthOptions(options));
}

export function betterAuthOptions({ db, publicUrl, secret, cookieName, sendLetter, onFault }: Options) {
  const secure = publicUrl.startsWith("https:");
  return {
    baseURL: publicUrl,
    basePath: "/api/v1/auth",
    secret,
    database: { db, type: "postgres", transaction: true },
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
      sendResetPassword: async ({ user, token }) => send(writeResetLetter({ to: user.email, publicUrl, token })),
      onExistingUserSignUp: async ({ user }) => send(writeTakenLetter({ to: user.email, publicUrl })),
    },
    emailVerification: {
      sendOnSignUp: true,
      expiresIn: DAY_SECONDS,
      sendVerificationEmail: async ({ user, token }) => send(writeVerifyLetter({ to: user.email, publicUrl, token })),
    },
    user: {
      modelName: "people",
      fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
      changeEmail: { enabled: true },
      additionalFields: { role: { type: "string", input: false, required: false } },
    },
    session: {
      modelName: "sessions",
      expiresIn: 30 * DAY_SECONDS,
      disableSessionRefresh: true,
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
    },
    verification: {
      modelName: "verifications",
      fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" },
    },
    plugins: [
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
      cookies: { session_token: { name: cookieName.replace("__Secure-", ""), attributes: { sameSite: "strict" } } },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: drawPersonId },
    },
  } as const satisfies BetterAuthOptions;

  /** Not waited for: how long the mail server takes would tell whether there is an account. */
  function send(letter: Parameters<typeof sendLetter>[0]): void {
    sendLetter(letter).catch(onFault);
  }
}
