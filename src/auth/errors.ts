import { AppError } from "#lib";

/** The key of this instance is not one, or others can read it. */
export function instanceKeyError(message: string): AppError {
  return new AppError("AUTH_INSTANCE_KEY", message);
}

/** The list of breached passwords is none, or cannot be read. */
export function breachedListError(message: string): AppError {
  return new AppError("AUTH_BREACHED_LIST", message);
}

/** The same for an account that there is not and a password that is wrong. */
export function signInRefused(): AppError {
  return new AppError("AUTH_SIGN_IN_REFUSED", "the e-mail address or the password is not right");
}

/** Told to whoever has shown all that opens the account, and to nobody else. */
export function keptOut(): AppError {
  return new AppError("AUTH_KEPT_OUT", "an administrator keeps this account out: ask whoever runs this server");
}

export function tooManySignIns(seconds: number): AppError {
  return new AppError("AUTH_TOO_MANY_SIGN_INS", `too many attempts; try again in ${seconds} s`, {
    details: { retryAfterSeconds: seconds },
  });
}

export function emailUnverified(): AppError {
  return new AppError("AUTH_EMAIL_UNVERIFIED", "open the link that was mailed to you first, or have another one sent");
}

export function registrationClosed(): AppError {
  return new AppError("AUTH_REGISTRATION_CLOSED", "no accounts are made here but by the operator, or by invitation");
}

export function linkRefused(): AppError {
  return new AppError("AUTH_LINK_REFUSED", "this link was used before, is too old or was never sent; ask for another");
}

export function wrongPassword(): AppError {
  return new AppError("AUTH_WRONG_PASSWORD", "the present password is not right");
}

export function weakPassword(reason: string): AppError {
  return new AppError("AUTH_WEAK_PASSWORD", `choose another password: ${reason}`);
}

export function emailTaken(): AppError {
  return new AppError("AUTH_EMAIL_TAKEN", "this e-mail address has an account already");
}

export function tooManyKeys(most: number): AppError {
  return new AppError("AUTH_TOO_MANY_KEYS", `you have ${most} keys, as many as you may; revoke one first`);
}

export function noRoomForKey(most: number): AppError {
  return new AppError(
    "AUTH_TOO_MANY_KEYS",
    `with both you would have more than ${most} keys: revoke one, or let the old one end at once (overlapHours 0)`,
  );
}

export function noSuchKey(): AppError {
  return new AppError("AUTH_NO_SUCH_KEY", "you have no such key, or another has taken its place");
}

export function wrongCode(): AppError {
  return new AppError("AUTH_WRONG_CODE", "this code is not right, or was used before; type the one that is shown now");
}

export function codeMissing(): AppError {
  return new AppError("AUTH_WRONG_CODE", "a code of your app is asked for as well, or a recovery code");
}

export function signInAgain(): AppError {
  return new AppError("AUTH_SIGN_IN_AGAIN", "it is too long since you signed in; sign in once more");
}

export function secondFactorOn(): AppError {
  return new AppError("AUTH_SECOND_FACTOR_ON", "a code is asked for already; turn that off first");
}

export function noSecondFactor(): AppError {
  return new AppError("AUTH_NO_SECOND_FACTOR", "no code is asked for beside your password");
}

export function passkeyRefused(): AppError {
  return new AppError("AUTH_PASSKEY_REFUSED", "this passkey is not known here, or its proof is not right or too old");
}

export function noSuchProvider(): AppError {
  return new AppError("AUTH_NO_SUCH_PROVIDER", "this server does not let anybody sign in that way");
}

export function providerUnreachable(cause: unknown): AppError {
  return new AppError("AUTH_PROVIDER_UNREACHABLE", "who should say who you are does not answer; try again later", {
    cause,
    retryable: true,
  });
}

export function keysUnreachable(cause: unknown): AppError {
  return new AppError("AUTH_PROVIDER_UNREACHABLE", "the keys by which tokens are checked cannot be fetched", {
    cause,
    retryable: true,
  });
}

export function tokenRefused(): AppError {
  return new AppError(
    "AUTH_TOKEN_REFUSED",
    "this token is not one of ours, not one of now, was used before, or names no proved address",
  );
}

export function noSuchAccount(): AppError {
  return new AppError("AUTH_NO_SUCH_ACCOUNT", "nobody with this address has an account here; ask for an invitation");
}
