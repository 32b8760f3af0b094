import { createHash } from "node:crypto";
import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { tooManySignIns } from "./errors.ts";

/** What is guessed at, whose it is, and from where. */
export type Guess = {
  readonly what: "password" | "second factor" | "letter";
  /** An e-mail address, or an account's id. */
  readonly whose: string;
  readonly address: string;
};

/** Counts an attempt before anything is looked at, so that many at once count as well. @throws AppError AUTH_TOO_MANY_SIGN_INS */
export async function countTry({ db }: Accounts, guess: Guess): Promise<void> {
  const seconds = await access.accounts.countAttempt(db, keyOf(guess));
  if (seconds > 0) throw tooManySignIns(seconds);
}

/** It was right: the next begin anew. */
export async function forgetTries({ db }: Accounts, guess: Guess): Promise<void> {
  await access.accounts.forgetAttempts(db, keyOf(guess));
}

/** A digest, so that a password which somebody typed in the wrong place is not written down. */
function keyOf({ what, whose, address }: Guess) {
  const text = `${what} ${whose.trim().toLowerCase()}`;
  return { account: createHash("sha256").update(text).digest("hex"), address };
}
