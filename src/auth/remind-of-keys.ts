import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { writeKeyReminder } from "./letters.ts";

/** So long before a key ends its person hears of it. */
const DAYS_BEFORE = 7;

/** Mails whoever has a key that ends soon, once for each. */
export async function remindOfKeys({ db, publicUrl, sendLetter, onFault }: Accounts): Promise<void> {
  for (const { id, email, ...key } of await access.accounts.listExpiringKeys(db, DAYS_BEFORE)) {
    // First, so that two processes do not both write; a letter that is lost is not written again.
    if (!(await access.accounts.markReminded(db, id))) continue;
    await sendLetter(writeKeyReminder({ to: email, publicUrl, ...key })).catch(onFault);
  }
}
