import { AppError } from "#lib";

/** The address of the mail server cannot be understood. */
export function mailServerError(message: string): AppError {
  return new AppError("MAIL_SERVER", message);
}

/** The mail server did not take a letter. */
export function mailNotSent(cause: unknown): AppError {
  return new AppError("MAIL_NOT_SENT", "the mail server did not take the letter", { cause, retryable: true });
}
