import { randomBytes } from "node:crypto";
import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { digestOf } from "./digest-of.ts";
import { linkRefused, registrationClosed } from "./errors.ts";
import { writeInvitation } from "./letters.ts";
import type { NewAccount } from "./password-rules.ts";
import { drawId } from "./session-token.ts";
import { makeAccount } from "./sign-up.ts";

const WEEK_MS = 7 * 86_400_000;

type Invited = { readonly email: string; readonly role: access.accounts.PersonRole; readonly by: access.Doer };

/** Mails a link with which one person can make an account. @throws AppError AUTH_REGISTRATION_CLOSED, MAIL_NOT_SENT */
export async function invite(
  { db, sendLetter, publicUrl, registration }: Accounts,
  { email, role, by }: Invited,
): Promise<access.accounts.Invitation> {
  if (registration === "closed") throw registrationClosed();
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(Date.now() + WEEK_MS);
  const invitation = { id: drawId(), email: email.toLowerCase(), role, expiresAt };
  // Not the address: what is written there is never forgotten.
  const audit = { ...by, action: "person.invite", target: `invitation ${invitation.id}`, details: { role } };
  await db.transaction().execute(async (trx) => {
    await access.accounts.saveInvitation(trx, { ...invitation, tokenHash: digestOf(token), invitedBy: by.personId });
    await access.appendAudit(trx, audit);
    // One whose letter fails is none: nobody has its token.
    await sendLetter(writeInvitation({ to: email, publicUrl, token }));
  });
  return invitation;
}

type Accepting = Omit<NewAccount, "email"> & { readonly token: string; readonly by: access.Doer };

/**
 * An account for whoever holds the token of an invitation, which proves the address as well.
 * @throws AppError AUTH_REGISTRATION_CLOSED, AUTH_LINK_REFUSED, AUTH_WEAK_PASSWORD, AUTH_EMAIL_TAKEN
 */
export async function acceptInvitation(accounts: Accounts, { name, password, token, by }: Accepting): Promise<string> {
  if (accounts.registration === "closed") throw registrationClosed();
  const invitation = await access.accounts.findInvitation(accounts.db, digestOf(token));
  if (invitation === undefined) throw linkRefused();
  const { id, email, role } = invitation;
  const account = { name, password, email };
  // Together: an invitation that could not be followed can be followed later.
  const together: Parameters<typeof makeAccount>[1]["together"] = (trx) => access.accounts.useInvitation(trx, id);
  const audit = { by, action: "account.accept-invitation", details: { invitation: id } } as const;
  const made = await makeAccount(accounts, { account, role, together, ...audit });
  if (made === undefined) throw linkRefused();
  return email;
}
