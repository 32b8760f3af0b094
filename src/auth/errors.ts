import { AppError } from "#lib";

/** The key of this instance is not one, or others can read it. */
export function instanceKeyError(message: string): AppError {
  return new AppError("AUTH_INSTANCE_KEY", message);
}
