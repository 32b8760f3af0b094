import { createHash, randomBytes } from "node:crypto";
import { access } from "#store";
import type { Accounts } from "./accounts.ts";
import { linkRefused } from "./errors.ts";
import { writeInvitation } from "./letters.ts";
import type { NewAccount } from "./password-rules.ts";
import { drawPersonId } from "./session-token.ts";
import { createAccount } from "./sign-up.ts";

const WEEK_MS = 7 * 86_400_000;

/** Mails a link with which one person can make an account. */
export async function invite(
  { db, sendLetter, publicUrl }: Accounts,
  { email, role }: { readonly email: string; readonly role: access.accounts.PersonRole },
): Promise<access.accounts.Invitation> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(Date.now() + WEEK_MS);
  const invitation = { id: drawPersonId(), email: email.toLowerCase(), role, expiresAt };
  await access.accounts.saveInvitation(db, { ...invitation, tokenHash: hashOf(token) });
  await sendLetter(writeInvitation({ to: email, publicUrl, token }));
  return invitation;
}

/**
 * An account for whoever holds the token of an invitation, which proves the address as well.
 * @throws AppError AUTH_LINK_REFUSED, AUTH_WEAK_PASSWORD, AUTH_EMAIL_TAKEN
 */
export async function acceptInvitation(
  accounts: Accounts,
  { name, password, token }: Omit<NewAccount, "email"> & { readonly token: string },
): Promise<string> {
  const { db } = accounts;
  const invitation = await access.accounts.findInvitation(db, hashOf(token));
  if (invitation === undefined) throw linkRefused();
  // First the account: an invitation that could not be followed can be followed later.
  await createAccount(accounts, { name, password, email: invitation.email }, invitation.role);
  await access.accounts.useInvitation(db, invitation.id);
  return invitation.email;
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
