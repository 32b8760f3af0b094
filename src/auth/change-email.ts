import { randomBytes } from "node:crypto";
import { codeOf } from "#lib";
import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { linkRefused } from "./errors.ts";
import { writeEmailChangeLetter, writeTakenLetter } from "./letters.ts";
import { limitLetters } from "./limit-letters.ts";
import { sendAsked } from "./send-asked.ts";
import { holdOwn } from "./hold-own.ts";
import { inOneTransaction } from "./one-transaction.ts";
import { type Proof, proveAgain } from "./prove-again.ts";
import { tellOfChange } from "./tell-of-change.ts";

const DAY_MS = 86_400_000;
/** PostgreSQL: there is such a row. */
const UNIQUE_VIOLATION = "23505";

type Asking = Proof & { readonly email: string; readonly by: access.Doer };

/**
 * Mails a link to the new address; until it is opened nothing changes. Where that address has an account already, its
 * owner is told and nobody else.
 * @throws AppError AUTH_WRONG_PASSWORD, AUTH_SIGN_IN_AGAIN, AUTH_TOO_MANY_SIGN_INS
 */
export async function askEmailChange(accounts: Accounts, { email, by, ...proof }: Asking): Promise<void> {
  const { publicUrl, db, onFault } = accounts;
  await proveAgain(accounts, proof);
  const [to, personId] = [email.toLowerCase(), proof.person.id];
  await limitLetters(accounts, { email: to, address: proof.visitor.address });
  const { internalAdapter } = await (await accounts.betterAuth()).$context;
  const isTaken = (await internalAdapter.findUserByEmail(to))?.user.emailVerified === true;
  const token = randomBytes(32).toString("base64url");
  const letter = isTaken ? writeTakenLetter({ to, publicUrl }) : writeEmailChangeLetter({ to, publicUrl, token });
  await inOneTransaction(db, async (trx) => {
    await holdOwn(trx, proof.person);
    await access.accounts.dropEmailChanges(trx, personId);
    const value = access.accounts.writeEmailChange({ personId, email: to });
    const expiresAt = new Date(Date.now() + DAY_MS);
    // Also where it is taken, so that it takes as long; nobody has the token then.
    await internalAdapter.createVerificationValue({ identifier: identifierOf(token), value, expiresAt });
    await access.appendAudit(trx, { ...by, action: "account.ask-email-change", target: `person ${personId}` });
  });
  sendAsked(accounts, letter).catch(onFault);
}

/** The new address counts from now on; the old one is told. @throws AppError AUTH_LINK_REFUSED */
export async function confirmEmailChange(
  accounts: Accounts,
  { token, by }: { readonly token: string; readonly by: access.Doer },
): Promise<void> {
  const { internalAdapter } = await (await accounts.betterAuth()).$context;
  const before = await inOneTransaction(accounts.db, async (trx) => {
    const asked = await internalAdapter.consumeVerificationValue(identifierOf(token));
    const { personId = "", email = "" } = JSON.parse(asked?.value ?? "{}") as Partial<access.accounts.EmailChange>;
    const person = await access.accounts.findPerson(trx, personId);
    if (!asked || person === undefined || person.blocked) throw linkRefused();
    await access.accounts.dropUnconfirmed(trx, email, by.requestId);
    await access.accounts.changeEmail(trx, { id: personId, email }).catch((error: unknown) => {
      // Somebody else took it meanwhile.
      throw codeOf(error) === UNIQUE_VIOLATION ? linkRefused() : error;
    });
    await access.appendAudit(trx, { ...by, action: "account.change-email", target: `person ${personId}` });
    return person.email;
  });
  tellOfChange(accounts, before, "it belongs to another e-mail address from now on, and this one opens it no more");
}

function identifierOf(token: string): string {
  return `change-email:${token}`;
}
