import type { PersonRole, Tier } from "./tables.ts";

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly createdAt: Date;
  readonly role: PersonRole;
  readonly tier: Tier;
  readonly blocked: boolean;
  readonly timeZone: string | null;
  readonly locale: string | null;
  /** Whether a code is asked for beside the password. */
  readonly secondFactor: boolean;
  /** Whether they want to hear by mail of keys that end soon. */
  readonly mailsKeyReminders: boolean;
  /** Another whenever people are thrown out who are in. */
  readonly entranceVersion: number;
};

export const personColumns = [
  "people.id",
  "people.name",
  "people.email",
  "people.email_verified",
  "people.created_at",
  "people.role",
  "people.tier",
  "people.blocked",
  "people.time_zone",
  "people.locale",
  "people.two_factor_enabled",
  "people.mail_key_reminders",
  "people.entrance_version",
] as const;

type PersonRow = Pick<Person, "id" | "name" | "email" | "role" | "tier" | "blocked" | "locale"> & {
  readonly email_verified: boolean;
  readonly created_at: Date;
  readonly time_zone: string | null;
  readonly two_factor_enabled: boolean;
  readonly mail_key_reminders: boolean;
  readonly entrance_version: number;
};

export function personOf(row: PersonRow): Person {
  const { id, name, email, role, tier, blocked, locale } = row;
  const { email_verified: emailVerified, created_at: createdAt, time_zone: timeZone } = row;
  const { two_factor_enabled: secondFactor, mail_key_reminders: mailsKeyReminders } = row;
  const { entrance_version: entranceVersion } = row;
  const rest = { emailVerified, createdAt, timeZone, secondFactor, mailsKeyReminders, entranceVersion };
  return { id, name, email, role, tier, blocked, locale, ...rest };
}
