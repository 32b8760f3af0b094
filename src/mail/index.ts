/**
 * Mail to people: one function that sends a text, by SMTP or, where no server is set, into the log.
 * Deliberately not here: what is written (whoever sends knows), and whom to write to.
 * Start with open-mail.ts.
 */
export { openMail, type Letter, type Mail } from "./open-mail.ts";
