import { z } from "zod";
import { pageOf } from "../paging.ts";
import { proofBody } from "./second-factor.ts";

export const roleName = z.enum(["guest", "member", "analyst", "service", "admin", "operator"]);
/** What an account can be. */
const personRole = z.enum(["member", "analyst", "service", "admin"]);
const tier = z.enum(["free", "pro", "power"]);

const entitlements = {
  requestsPerHour: z.int().min(1).max(1_000_000).meta({ description: "By all keys and tokens of a person" }),
  keys: z.int().min(0).max(5).meta({ description: "That count at the same time" }),
  exportedInsights: z.int().min(1).max(10_000_000).meta({ description: "In one file" }),
};
export const tierParams = z.object({ tier: tier.meta({ description: "The least first: free, pro, power" }) });
const oneTier = z.object({ name: tier, ...entitlements }).meta({ id: "Tier" });
export const tierAnswer = oneTier;
export const tierList = z.object({ tiers: z.array(oneTier) }).meta({ id: "TierList" });
export type TierList = z.infer<typeof tierList>;
export const changeTierBody = z
  .strictObject(entitlements)
  .partial()
  .refine((change) => Object.values(change).some((value) => value !== undefined), "nothing is changed");

const email = z.email().max(254);
const password = z.string().min(12).max(128).meta({ description: "12 to 128 characters" });
const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}<>]*$/u, "no control characters and no < or >");
const token = z.string().min(1).max(2_000);

export const signInBody = z.strictObject({ email, password: z.string().min(1).max(128) });
export const signUpBody = z.strictObject({
  name,
  email: email.optional().meta({ description: "Of an invitation it is known" }),
  password,
  invitation: token.optional().meta({ description: "The token of the mailed link" }),
});
export const signUpAnswer = z
  .object({
    next: z.enum(["signed-in", "confirm-email"]).meta({ description: "Whether a mailed link has to be opened first" }),
  })
  .meta({ id: "SignUpAnswer" });
export type SignUpAnswer = z.infer<typeof signUpAnswer>;
export const emailBody = z.strictObject({ email });
export const mailedToken = z.strictObject({ token });
export const resetBody = z.strictObject({ token, password });

export const person = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: personRole,
    tier,
    blocked: z.boolean(),
    timeZone: z.string().nullable(),
    locale: z.string().nullable(),
    mailsKeyReminders: z.boolean().meta({ description: "Whether a mail tells of keys that end soon" }),
    secondFactor: z.boolean().meta({ description: "Whether a code is asked for beside the password" }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Person" });

export type Person = z.infer<typeof person>;

export const changeProfileBody = z.strictObject({
  name: name.optional(),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, "no time zone, such as Europe/Berlin")
    .nullable()
    .optional()
    .meta({ description: "As IANA names it; null: UTC" }),
  locale: z
    .string()
    .max(35)
    .refine(isLocale, "no language, such as en-GB")
    .nullable()
    .optional()
    .meta({ description: "As BCP 47 names it; null: as the browser says" }),
  mailsKeyReminders: z.boolean().optional(),
});

function isTimeZone(name: string): boolean {
  return isKnown(() => new Intl.DateTimeFormat("en", { timeZone: name }));
}

function isLocale(name: string): boolean {
  return isKnown(() => Intl.getCanonicalLocales(name));
}

/** What Intl does not know it throws at. */
function isKnown(ask: () => unknown): boolean {
  try {
    ask();
    return true;
  } catch {
    return false;
  }
}
export const changePasswordBody = proofBody.extend({
  current: z.string().min(1).max(128),
  password,
  endKeys: z
    .boolean()
    .default(false)
    .meta({ description: "Whether API keys, passkeys and the word of others end as well" }),
});

export const deviceSession = z.object({
  id: z.string(),
  current: z.boolean().meta({ description: "The one that asks" }),
  createdAt: z.iso.datetime(),
  usedAt: z.iso.datetime().meta({ description: "Last, to five minutes; unused for two weeks it ends" }),
  expiresAt: z.iso.datetime(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export const deviceList = z.object({ sessions: z.array(deviceSession) }).meta({ id: "SessionList" });
export type DeviceList = z.infer<typeof deviceList>;

export const listPeopleQuery = z.strictObject({
  q: z.string().trim().min(1).max(200).optional().meta({ description: "Part of a name or of an e-mail address" }),
  page: z.coerce.number().int().min(1).max(10_000).default(1).meta({ description: "Counted from 1" }),
  pageSize: pageOf({ most: 200, usual: 50 }).pageSize,
});
export const personList = z.object({ people: z.array(person), more: z.boolean() }).meta({ id: "PersonList" });
export type PersonList = z.infer<typeof personList>;

/** The proof is asked for where somebody is made an administrator, or their codes are turned off. */
export const changePersonBody = proofBody
  .extend({
    role: personRole.optional(),
    tier: tier.optional(),
    blocked: z.boolean().optional(),
    secondFactor: z.literal(false).optional().meta({ description: "Of somebody who lost what shows them codes" }),
  })
  .refine(
    ({ role, tier, blocked, secondFactor }) => [role, tier, blocked, secondFactor].some((value) => value !== undefined),
    "nothing is changed",
  );

export const invitation = z
  .object({ id: z.string(), email: z.string(), role: personRole, expiresAt: z.iso.datetime() })
  .meta({ id: "Invitation" });
export const invitationList = z.object({ invitations: z.array(invitation) }).meta({ id: "InvitationList" });
export type InvitationList = z.infer<typeof invitationList>;
/** The proof is asked for where an administrator is invited. */
export const inviteBody = proofBody.extend({ email, role: personRole.default("member") });
/** Besides sessions. */
export const endAllQuery = z.strictObject({
  keys: z
    .enum(["true", "false"])
    .default("false")
    .transform((text) => text === "true")
    .meta({ description: "Whether API keys, passkeys and the word of others end as well" }),
});

/** What a key can be for. */
export const keyScope = z.enum(["feed", "chain", "monitor", "feedback", "moderate", "operate"]);

export const keyBody = proofBody.extend({
  name,
  scopes: z
    .array(keyScope)
    .min(1)
    .max(6)
    .refine((scopes) => new Set(scopes).size === scopes.length, "one is named twice"),
  days: z.int().min(1).max(365).default(90).meta({ description: "Days for which it counts" }),
  requestsPerHour: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({ description: "Of this key alone; the limit of your tier holds as well" }),
});
export const rotateKeyBody = proofBody.extend({
  overlapHours: z
    .int()
    .min(0)
    .max(24)
    .default(24)
    .meta({ description: "For how long the other goes on; both count as keys meanwhile" }),
});
export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().meta({ description: "The beginning of the key, to know it by" }),
  scopes: z.array(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable().meta({ description: "To the minute" }),
  requestsPerHour: z.int().nullable().meta({ description: "Of this key alone; null: as many as your tier may" }),
  isReplaced: z.boolean().meta({ description: "Whether another has taken its place; it goes on until it ends" }),
});
export const keyList = z.object({ keys: z.array(apiKey) }).meta({ id: "ApiKeyList" });
export type KeyList = z.infer<typeof keyList>;
export const newKey = apiKey
  .extend({ key: z.string().meta({ description: "Told this once" }) })
  .meta({ id: "NewApiKey" });
export type NewKey = z.infer<typeof newKey>;

export const tokenAnswer = z
  .object({
    token: z.string().meta({ description: "A JWT, for Authorization: Bearer" }),
    refreshToken: z.string().meta({ description: "Renews the token, once, by POST /api/v1/auth/token" }),
  })
  .meta({ id: "Token" });
export const renewBody = z.strictObject({ refreshToken: z.string().max(100) });
