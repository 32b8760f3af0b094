import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, UnsecuredJWT } from "jose";
import { keysUnreachable } from "../errors.ts";
import type { FirebaseOptions } from "./provider-options.ts";

/** The keys with which Google signs tokens of Firebase Authentication. */
const GOOGLE_KEYS = "https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com";
/** Google says five hours and more; a key that it takes back counts no longer than this. */
const KEYS_LAST_MS = 3_600_000;
const ANSWER_WITHIN_MS = 5_000;
/** Between two clocks. */
const TOLERANCE_SECONDS = 5;

export type FirebaseUser = {
  readonly id: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  readonly name: string;
};

/**
 * Whom a token of Firebase Authentication names; `undefined` where it is not one that Google signed for this project,
 * or not one of now.
 * https://firebase.google.com/docs/auth/admin/verify-id-tokens#verify_id_tokens_using_a_third-party_jwt_library
 */
export function readFirebaseToken({ project, trustsEmulator = false, keysUrl = GOOGLE_KEYS }: FirebaseOptions) {
  const keys = createRemoteJWKSet(new URL(keysUrl), { cacheMaxAge: KEYS_LAST_MS, timeoutDuration: ANSWER_WITHIN_MS });
  const expected = {
    issuer: `https://securetoken.google.com/${project}`,
    audience: project,
    requiredClaims: ["sub", "iat", "exp", "auth_time"],
    clockTolerance: TOLERANCE_SECONDS,
  };
  const verify = async (token: string): Promise<JWTPayload> => {
    if (!trustsEmulator) return (await jwtVerify(token, keys, { ...expected, algorithms: ["RS256"] })).payload;
    return UnsecuredJWT.decode(token, expected).payload;
  };
  return async (token: string): Promise<FirebaseUser | undefined> => {
    try {
      return userOf(await verify(token));
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw keysUnreachable(error);
    }
  };
}

/** The token is to blame, not the way to the keys. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) && error.code !== "ERR_JOSE_GENERIC"
  );
}

function userOf(claims: JWTPayload): FirebaseUser | undefined {
  const { sub, iat, auth_time: signedInAt, email, email_verified: verified, name } = claims;
  const now = Date.now() / 1_000 + TOLERANCE_SECONDS;
  if (typeof sub !== "string" || sub === "" || sub.length > 128) return undefined;
  if (typeof iat !== "number" || typeof signedInAt !== "number" || iat > now || signedInAt > now) return undefined;
  return {
    id: sub,
    email: typeof email === "string" ? email : undefined,
    emailVerified: verified === true,
    name: typeof name === "string" ? name : "",
  };
}
