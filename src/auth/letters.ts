import type { Letter } from "#mail";

type Addressed = { readonly to: string; readonly publicUrl: string };
type WithToken = Addressed & { readonly token: string };

const NOT_YOU =
  "If you did not ask for this, somebody else typed your address; nothing happens unless you open the link.";

export function writeVerifyLetter({ to, publicUrl, token }: WithToken): Letter {
  const link = linkOf(publicUrl, "verify-email", token);
  const text = `Open this link within a day to confirm your e-mail address:\n\n${link}\n\n${NOT_YOU}\n`;
  return { to, subject: "Confirm your e-mail address for utxoIQ", text };
}

export function writeResetLetter({ to, publicUrl, token }: WithToken): Letter {
  const link = linkOf(publicUrl, "reset-password", token);
  const text = `Open this link within an hour to set a new password; every device is signed out then:\n\n${link}\n\n${NOT_YOU}\n`;
  return { to, subject: "Set a new password for utxoIQ", text };
}

/** Somebody signed up with the address of an account: its owner is told, whoever it was is not. */
export function writeTakenLetter({ to, publicUrl }: Addressed): Letter {
  const text = `Somebody wanted to make an account with this address, which has one already. If it was you: sign in at\n\n${publicUrl}/sign-in\n\nor set a new password at\n\n${publicUrl}/reset-password\n`;
  return { to, subject: "You have an account at utxoIQ", text };
}

export function writeInvitation({ to, publicUrl, token }: WithToken): Letter {
  // The page says for whom the account is; nothing behind the # reaches a server.
  const link = `${linkOf(publicUrl, "sign-up", token)}&email=${encodeURIComponent(to)}`;
  const text = `You are invited to utxoIQ. Open this link within a week to make your account:\n\n${link}\n`;
  return { to, subject: "Your invitation to utxoIQ", text };
}

/** Something by which an account is opened is another from now on. */
export function writeChangedLetter({ to, publicUrl, what }: Addressed & { readonly what: string }): Letter {
  const text = `Of your account at ${publicUrl}: ${what}.\n\nIf it was not you, set a new password at\n\n${publicUrl}/reset-password\n\nand tell whoever runs this server.\n`;
  return { to, subject: "Your account at utxoIQ was changed", text };
}

export function writeEmailChangeLetter({ to, publicUrl, token }: WithToken): Letter {
  const link = linkOf(publicUrl, "confirm-email", token);
  const text = `Open this link within a day, and this is the e-mail address of your account:\n\n${link}\n\n${NOT_YOU}\n`;
  return { to, subject: "Confirm your new e-mail address for utxoIQ", text };
}

export function writeDeletedLetter({ to, publicUrl }: Addressed): Letter {
  const text = `Your account at ${publicUrl} is deleted, as you asked. What you said of insights stays, and nobody can tell any more that it was you.\n`;
  return { to, subject: "Your account at utxoIQ is deleted", text };
}

type OfKey = Addressed & { readonly name: string; readonly prefix: string; readonly expiresAt: Date };

export function writeKeyReminder({ to, publicUrl, name, prefix, expiresAt }: OfKey): Letter {
  const day = expiresAt.toISOString().slice(0, 10);
  const text = `Your key "${name}" (${prefix}…) at ${publicUrl} counts until ${day} (UTC). Rotate it at\n\n${publicUrl}/account\n\nand programs that use it have a day to change over. There you can also say that you want no such letters.\n`;
  return { to, subject: `A key of yours at utxoIQ ends on ${day}`, text };
}

/** After the #, which browsers send to no server and write into no log. */
function linkOf(publicUrl: string, page: string, token: string): string {
  return `${publicUrl}/${page}#token=${encodeURIComponent(token)}`;
}
