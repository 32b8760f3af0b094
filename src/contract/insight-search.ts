import { z } from "zod";
import { filterByBlock, line, listOf } from "./filter-parts.ts";
import { nextPage, pageOf } from "./paging.ts";
import { hex32, insight, insightCategory, insightId, insightStatus, signalKind } from "./insights.ts";
import { outcome } from "./predictions.ts";

const count = z.int().nonnegative();

/** What narrows a list of insights; each may be left out. */
const insightFilter = {
  ...filterByBlock,
  status: listOf(insightStatus).optional().meta({ description: "One or several, with commas between" }),
  minConfidence: z.coerce
    .number()
    .min(0)
    .max(1)
    .optional()
    .meta({ description: "At least so; insights that claim nothing are left out" }),
  entity: line.min(1).max(200).optional().meta({ description: "Whom it is about, spelt as in evidence.subject" }),
  tag: line.min(1).max(200).optional().meta({ description: "One of its tags: a category, a kind or a name" }),
  q: line.trim().min(1).max(200).optional().meta({
    description: "Words (the last may be cut short), a quoted phrase, -word, a txid, a block hash or a height",
  }),
};

export const listInsightsQuery = z.strictObject({
  ...pageOf({ most: 200, usual: 50 }),
  sort: z
    .enum(["newest", "relevance"])
    .default("newest")
    .meta({ description: "relevance: with q, the best met first, of the 2,000 newest that meet it" }),
  ...insightFilter,
});

export const countInsightsQuery = z.strictObject(insightFilter);

export const exportInsightsQuery = z.strictObject({
  format: z.enum(["csv", "json", "ndjson"]).default("ndjson").meta({ description: "ndjson: a line each" }),
  ...insightFilter,
});

/** A text in pieces, those that a search found among them. */
const pieces = z.array(z.object({ text: z.string(), found: z.boolean() }));

const highlight = z.object({ headline: pieces, summary: pieces }).meta({ id: "Highlight" });

export type Highlight = z.infer<typeof highlight>;

export const insightList = z
  .object({
    insights: z.array(insight),
    highlights: z
      .record(insightId, highlight)
      .meta({ description: "By id, where words were searched for: which of them stand where" }),
    ...nextPage,
    lastEventId: z
      .int()
      .nonnegative()
      .meta({ description: "Resume the stream with since=lastEventId to miss nothing after this list" }),
  })
  .meta({ id: "InsightList" });

export type InsightList = z.infer<typeof insightList>;

const facetOf = <Values extends Readonly<Record<string, string>>>(value: z.ZodEnum<Values>) =>
  z.array(z.object({ value, count })).meta({ description: "The most first" });

export const insightFacets = z
  .object({
    total: count.meta({ description: "Insights that the whole filter leaves" }),
    complete: z.boolean().meta({
      description:
        "false: more than 2,000 insights meet the words, the newest 2,000 alone were counted, and there may be more of each",
    }),
    category: facetOf(insightCategory),
    kind: facetOf(signalKind),
    status: facetOf(insightStatus),
    confidence: z
      .array(z.object({ atLeast: z.number(), count }))
      .meta({ description: "How many state at least so much; none of those that state none" }),
  })
  .meta({ id: "InsightFacets", description: "Each counted as if its own part of the filter were left open" });

export type InsightFacets = z.infer<typeof insightFacets>;

export const relatedInsights = z.object({ insights: z.array(insight) }).meta({ id: "RelatedInsights" });

export type RelatedInsights = z.infer<typeof relatedInsights>;

const height = z.int().nonnegative();

const decided = {
  outcome: outcome.nullable().meta({ description: "null until it is resolved" }),
  resolvedAt: z.object({ height, blockHash: hex32, time: z.iso.datetime() }).nullable(),
};

const enteredStatement = z
  .object({
    kind: signalKind,
    text: z.string(),
    probability: z.number().min(0).max(1).nullable().meta({ description: "null: too few outcomes were known" }),
    height: height.meta({ description: "Of the block in which it was made" }),
    dueHeight: height.meta({ description: "Height of the block that decides it at the latest" }),
    isOwn: z.boolean().meta({ description: "It is the claim of the insight itself, as it was first told" }),
    state: z.enum(["open", "resolved", "withdrawn"]),
    ...decided,
  })
  .meta({ id: "EnteredStatement" });

export const insightOutcome = z
  .object({
    state: z
      .enum(["none", "open", "resolved", "withdrawn"])
      .meta({ description: "none: nothing is claimed; withdrawn: its block left the chain" }),
    ...decided,
    statements: z.array(enteredStatement).meta({
      description:
        "Every statement that was entered in the scorecard for it, its own claim among them: of what it was told with, and of a flow that it goes on as",
    }),
  })
  .meta({ id: "InsightOutcome" });

export type InsightOutcome = z.infer<typeof insightOutcome>;
