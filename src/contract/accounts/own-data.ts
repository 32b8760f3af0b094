import { z } from "zod";
import { apiKey, deviceSession, person } from "./accounts.ts";
import { passkeyList } from "./passkeys.ts";
import { proofBody } from "./second-factor.ts";

export const changeEmailBody = proofBody.extend({ email: z.email().max(254) });

const at = z.iso.datetime();
const insightId = z.string();

const flagReason = z.enum(["inaccurate", "misleading", "spam", "inappropriate", "other"]);

const said = z.discriminatedUnion("what", [
  z.object({ what: z.literal("stars"), at, insightId, stars: z.int().min(1).max(5) }),
  z.object({
    what: z.literal("comment"),
    at,
    insightId,
    text: z.string(),
    hidden: z.boolean(),
    hiddenReason: z.string().nullable(),
  }),
  z.object({ what: z.literal("flag"), at, insightId, reason: flagReason, details: z.string().nullable() }),
]);
export type Said = z.infer<typeof said>;

export const saidList = z
  .object({ said: z.array(said), complete: z.boolean().meta({ description: "false: these are the newest" }) })
  .meta({ id: "SaidList" });
export type SaidList = z.infer<typeof saidList>;

const entry = z.object({
  at,
  action: z.string(),
  target: z.string(),
  address: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});

/** All that is kept about a person, without what opens their account. */
export const personExport = z
  .object({
    exportedAt: at,
    person,
    signInMethods: z.array(z.object({ provider: z.string(), subject: z.string(), createdAt: at })),
    sessions: z.array(deviceSession.omit({ current: true })),
    keys: z.array(apiKey.extend({ revokedAt: at.nullable() })).meta({ description: "Also those that count no more" }),
    tokens: z
      .array(z.object({ sessionId: z.string(), lines: z.int() }))
      .meta({ description: "How many programs renew tokens of a session" }),
    passkeys: passkeyList.shape.passkeys,
    ratings: z.array(z.object({ insightId, stars: z.int() })),
    comments: z.array(z.object({ id: z.int(), at, insightId, text: z.string(), hidden: z.boolean() })),
    flags: z.array(z.object({ id: z.int(), at, insightId, reason: z.string(), details: z.string().nullable() })),
    did: z
      .array(entry)
      .meta({ description: "What the audit log says you did, or somebody with your account who was not signed in" }),
    done: z.array(entry).meta({ description: "What it says others did to your account" }),
    denials: z
      .array(
        z.object({ address: z.string(), route: z.string(), code: z.string(), count: z.int(), firstAt: at, lastAt: at }),
      )
      .meta({ description: "What you were refused" }),
    usage: z.array(z.object({ hour: at, used: z.int(), keyId: z.string().nullable() })).meta({
      description:
        "Requests of your keys and tokens in the last hours; of a key with a limit of its own also by itself",
    }),
    invitations: z
      .array(z.object({ role: z.string(), createdAt: at, expiresAt: at }))
      .meta({ description: "To your address, that nobody has followed" }),
  })
  .meta({ id: "PersonExport" });
export type PersonExport = z.infer<typeof personExport>;
