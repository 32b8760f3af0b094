import { AppError } from "#lib";

/** The key of this instance is not one, or others can read it. */
export function instanceKeyError(message: string): AppError {
  return new AppError("AUTH_INSTANCE_KEY", message);
}

/** The same for an account that there is not and a password that is wrong. */
export function signInRefused(): AppError {
  return new AppError("AUTH_SIGN_IN_REFUSED", "the e-mail address or the password is not right");
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
  return new AppError("AUTH_REGISTRATION_CLOSED", "accounts are made by invitation of an administrator alone");
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

export function noSuchKey(): AppError {
  return new AppError("AUTH_NO_SUCH_KEY", "you have no such key");
}
