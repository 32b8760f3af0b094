import { createHash } from "node:crypto";
import type { Letter } from "#mail";
import { access } from "#store";
import type { AccountOptions } from "./account-options.ts";

const HOUR_SECONDS = 3_600;
/** In an hour, wherever they are asked for: enough for an owner who asks beside whoever fills the mailbox. */
const MOST_TO_A_MAILBOX = 10;

type Sending = Pick<AccountOptions, "db" | "sendLetter">;

/**
 * Sends what anybody may have asked for. What is too much for a mailbox is left out and nobody is told, as that would
 * say whether there is an account.
 */
export async function sendAsked({ db, sendLetter }: Sending, letter: Letter): Promise<void> {
  const digest = createHash("sha256").update(letter.to.toLowerCase()).digest("hex");
  const sent = { name: `letters to ${digest}`, windowSeconds: HOUR_SECONDS };
  const { used } = await access.countOneInWindow(db, sent);
  if (used <= MOST_TO_A_MAILBOX) await sendLetter(letter);
}
