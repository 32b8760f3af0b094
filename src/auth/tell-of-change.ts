import type { Accounts } from "./accounts.ts";
import { writeChangedLetter } from "./letters.ts";

/** Whoever did not do it themselves hears that somebody did. Not waited for. */
export function tellOfChange({ publicUrl, sendLetter, onFault }: Accounts, to: string, what: string): void {
  sendLetter(writeChangedLetter({ to, publicUrl, what })).catch(onFault);
}
