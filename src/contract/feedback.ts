import { z } from "zod";
import { nextPage, pageOf } from "./paging.ts";
import { insightId } from "./insights.ts";

const count = z.int().nonnegative();

const flagReason = z.enum(["inaccurate", "misleading", "spam", "inappropriate", "other"]);

/** Lines and tabs, but nothing that hides, reorders or rings. */
const CONTROL = /[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/u;

const plainText = z
  .string()
  .trim()
  .refine((text) => Array.from(text).length <= 1_000, "at most 1,000 characters")
  .refine((text) => !CONTROL.test(text), "plain text without control characters");

export const feedbackStats = z
  .object({
    insightId,
    ratings: z.object({
      count,
      average: z.number().min(1).max(5).nullable().meta({ description: "null: nobody has rated it" }),
      distribution: z.array(count).length(5).meta({ description: "How many gave one star, two, … five" }),
    }),
    comments: count,
    flags: count.meta({ description: "People who flagged it, each once" }),
  })
  .meta({ id: "FeedbackStats" });

export type FeedbackStats = z.infer<typeof feedbackStats>;

/** With what the asking person said. */
export const feedback = feedbackStats
  .extend({ mine: z.object({ stars: z.int().min(1).max(5).nullable(), flags: z.array(flagReason) }) })
  .meta({ id: "Feedback" });

export type Feedback = z.infer<typeof feedback>;

export const feedbackList = z.object({ feedback: z.array(feedback) }).meta({ id: "FeedbackList" });

const MOST_IDS = 200;

export const listFeedbackQuery = z.strictObject({
  ids: z
    .string()
    .max(33 * MOST_IDS)
    .transform((text) => text.split(","))
    .pipe(z.array(insightId).min(1).max(MOST_IDS))
    .meta({ description: "Ids of insights, with commas between" }),
});

export const rateBody = z.strictObject({ stars: z.int().min(1).max(5) });
export const commentBody = z.strictObject({ text: plainText.refine((text) => text !== "", "a comment has words") });
export const flagBody = z.strictObject({ reason: flagReason, details: plainText.optional() });

export const comment = z
  .object({
    id: z.int().positive(),
    insightId,
    at: z.iso.datetime(),
    text: z.string(),
    author: z.string().meta({ description: "The same for all comments of one person, and nothing else of them" }),
    mine: z.boolean(),
    hidden: z.boolean().meta({ description: "Only the operator is given hidden ones" }),
    hiddenReason: z.string().nullable(),
  })
  .meta({ id: "Comment" });

export type Comment = z.infer<typeof comment>;

export const listCommentsQuery = z.strictObject({
  ...pageOf({ most: 100, usual: 20 }),
});

export const commentList = z
  .object({
    comments: z.array(comment),
    ...nextPage,
  })
  .meta({ id: "CommentList" });

export type CommentList = z.infer<typeof commentList>;

export const moderationQuery = z.strictObject({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: "Of flags, and of comments, so many" }),
});

export const moderationList = z
  .object({
    flags: z.array(
      z.object({
        id: z.int().positive(),
        insightId,
        at: z.iso.datetime(),
        reason: flagReason,
        details: z.string().nullable(),
        author: z.string(),
      }),
    ),
    comments: z.array(comment),
  })
  .meta({ id: "ModerationList" });

export type ModerationList = z.infer<typeof moderationList>;

export const hideBody = z.strictObject({ hidden: z.boolean(), reason: plainText.optional() });
