import { z } from "zod";
import { moment } from "./chain.ts";
import { forecastList } from "./predictions.ts";

const count = z.int().nonnegative();
const feeRate = z.number().nonnegative();

const snapshot = {
  time: z.iso.datetime().meta({ description: "When it was seen, by the source's clock" }),
  count,
  weight: count,
  totalFee: count.meta({ description: "Satoshis" }),
  minFeeRate: feeRate.nullable().meta({ description: "sat/vB below which the node takes nothing" }),
};

const band = z.object({
  from: feeRate.meta({ description: "sat/vB, included; the next band's is not" }),
  weight: count,
  count,
});

export const mempoolNow = z
  .object({
    ...snapshot,
    tipHeight: count.nullable(),
    histogram: z.array(band).nullable().meta({ description: "By package fee rate; null where the source tells none" }),
    projectedBlocks: z
      .array(
        z.object({
          count,
          weight: count,
          totalFee: count,
          feeRates: z
            .array(feeRate)
            .meta({ description: "Lowest, 10, 25, 50, 75, 90 percent points by weight, highest; empty if not told" }),
        }),
      )
      .meta({ description: "As they would be mined now; the last one holds all the rest" }),
  })
  .meta({ id: "MempoolNow" });
export type MempoolNow = z.infer<typeof mempoolNow>;

export const mempoolHistoryQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(366).optional().meta({ description: "So many up to `to`; 1 by default" }),
  from: moment.optional().meta({ description: "Instead of days" }),
  to: moment.optional().meta({ description: "Not included; by default just after the newest" }),
  points: z.coerce.number().int().min(10).max(1_000).default(300).meta({ description: "At most so many" }),
});

export const mempoolHistory = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    bands: z.array(feeRate).meta({ description: "Lower bounds of the bands, sat/vB, ascending" }),
    points: z.array(
      z.object({
        ...snapshot,
        nextBlockFeeRate: feeRate.nullable().meta({ description: "Median of the next block, sat/vB" }),
        weights: z.array(count).nullable().meta({ description: "What waits in each band; null where not told" }),
      }),
    ),
  })
  .meta({ id: "MempoolHistory" });
export type MempoolHistory = z.infer<typeof mempoolHistory>;

export const recommendedFees = z
  .object({
    time: z.iso.datetime(),
    targets: z.array(
      z.object({
        withinBlocks: z.int().positive(),
        feeRate: feeRate.nullable().meta({
          description: "sat/vB: lowest that is in so many of the blocks that could be made now; null where not told",
        }),
        forecast: forecastList.shape.forecasts.element
          .nullable()
          .meta({ description: "What is expected to be needed by then; null where nothing is forecast" }),
      }),
    ),
    minimum: feeRate.nullable().meta({ description: "sat/vB below which the node takes nothing" }),
    fastestFee: feeRate.nullable().meta({
      description:
        "This and the next four as mempool.space computes them, whole sat/vB: by the median of the first projected block; null where the source tells no medians",
    }),
    halfHourFee: feeRate.nullable().meta({ description: "By the median of the second, blended with the first" }),
    hourFee: feeRate.nullable().meta({ description: "By the median of the third, blended with the second" }),
    economyFee: feeRate.nullable().meta({ description: "As hourFee, at most twice minimumFee" }),
    minimumFee: feeRate.nullable().meta({ description: "What the node takes, rounded up" }),
  })
  .meta({ id: "RecommendedFees" });
export type RecommendedFees = z.infer<typeof recommendedFees>;
