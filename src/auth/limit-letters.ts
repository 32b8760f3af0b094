import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { countTry } from "./count-tries.ts";
import { tooManySignIns } from "./errors.ts";

const HOUR_SECONDS = 3_600;
/** In an hour, to whomever; several people may share an address. */
const MOST_ASKED_FROM = 30;

type Asked = { readonly email: string; readonly address: string };

/** Asking for a letter counts like signing in, by itself, and of an address over all mailboxes. @throws AppError AUTH_TOO_MANY_SIGN_INS */
export async function limitLetters(accounts: Accounts, { email, address }: Asked): Promise<void> {
  await countTry(accounts, { what: "letter", whose: email, address });
  const asked = { name: `letters asked for from ${address}`, windowSeconds: HOUR_SECONDS };
  const { used, resetSeconds } = await access.countOneInWindow(accounts.db, asked);
  if (used > MOST_ASKED_FROM) throw tooManySignIns(Math.ceil(resetSeconds));
}
