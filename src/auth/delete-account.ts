import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { writeDeletedLetter } from "./letters.ts";
import { type Proof, proveAgain } from "./prove-again.ts";

/**
 * Removes an account. What its person said of insights stays, and stands for nobody.
 * @throws AppError AUTH_WRONG_PASSWORD, AUTH_SIGN_IN_AGAIN, AUTH_TOO_MANY_SIGN_INS
 */
export async function deleteAccount(
  accounts: Accounts,
  { audit, ...proof }: Proof & { readonly audit: access.AuditEntry },
): Promise<"deleted" | "last-admin"> {
  await proveAgain(accounts, proof);
  const { db, publicUrl, sendLetter, onFault } = accounts;
  const outcome = await access.accounts.deletePerson(db, { person: proof.person, audit });
  if (outcome === "deleted") sendLetter(writeDeletedLetter({ to: proof.person.email, publicUrl })).catch(onFault);
  return outcome;
}
