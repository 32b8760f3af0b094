import { z } from "zod";
import { metricUnits } from "./metric-units.ts";

const share = z.number().min(0).max(1);
const count = z.int().nonnegative();

/** How sure it is whom an insight names. */
export const attribution = z.object({
  certainty: share.nullable().meta({
    description: "Of the least sure of its parties; null: nobody is named, or labels do not say how sure they are",
  }),
  parties: z
    .array(z.object({ actor: z.string(), kind: z.string(), certainty: share.nullable() }))
    .meta({ description: "Whom it names, each with how sure the labels are by which its coins were known" }),
});

export const insightExplanation = z
  .object({
    surprise: z.object({
      percentile: z.number().min(0).max(100).nullable().meta({ description: "null: it is not ranked" }),
      sampleSize: z.int().positive().nullable(),
      rule: z.string().meta({ description: "What had to hold for the signal to be raised" }),
      factors: z
        .array(
          z.object({
            name: z.string(),
            unit: z.enum(metricUnits),
            value: z.number(),
            baseline: z.number().nullable().meta({ description: "What is usual" }),
          }),
        )
        .meta({ description: "What was measured, what stands out as the first" }),
    }),
    attribution: z.object({
      ...attribution.shape,
      labelVersion: count.nullable().meta({ description: "Of the node's labels" }),
      labelCoverage: share.nullable().meta({ description: "Share of the block's value whose owner labels know" }),
    }),
    confidence: z.object({
      probability: share.nullable().meta({ description: "null: nothing is claimed, or too few outcomes were known" }),
      calibration: z.string().nullable().meta({ description: "The table that it was read from, by its version" }),
      outcomes: count.nullable().meta({ description: "Outcomes of the kind that the table was learnt from" }),
      score: z.number().nullable().meta({ description: "By how much it passed what it had to, on its kind's scale" }),
      alike: z
        .object({ count, came: count })
        .nullable()
        .meta({ description: "Of those outcomes the ones with a score like it, and how many of them came true" }),
      soFar: z.object({ from: share, to: share, count, came: count }).nullable().meta({
        description:
          "Claims of the kind, stated with a confidence in the same tenth and decided on this network until now, by the scorecard; null: none is stated",
      }),
    }),
  })
  .meta({ id: "InsightExplanation", description: "Three numbers that are easily taken for each other" });

export type InsightExplanation = z.infer<typeof insightExplanation>;
