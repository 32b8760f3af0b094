import { z } from "zod";
import { asOf, daysOfSpan, labelVersion, moment } from "./chain.ts";

const aggregate = z.enum(["mean", "sum", "min", "max", "median"]);

const metric = z
  .object({
    name: z.string(),
    title: z.string(),
    unit: z.string(),
    meaning: z.string().meta({ description: "Formula, or what is counted" }),
    source: z.string().meta({ description: "Whose definition it is" }),
    needs: z
      .enum(["spent outputs", "coin heights", "parents", "labels"])
      .nullable()
      .meta({ description: "Without which a block has no value" }),
    usual: aggregate.meta({ description: "How blocks of an hour or a day become one unless asked otherwise" }),
  })
  .meta({ id: "Metric" });
export type Metric = z.infer<typeof metric>;

export const metricList = z
  .object({
    metrics: z.array(
      metric.extend({
        coverage: z
          .number()
          .min(0)
          .max(1)
          .nullable()
          .meta({ description: "Share of the blocks of the last 30 days that have a value; null without blocks" }),
      }),
    ),
  })
  .meta({ id: "MetricList" });
export type MetricList = z.infer<typeof metricList>;

export const seriesQuery = z.strictObject({
  asOf: asOf.meta({ description: "Of what labels tell: as they were, by a version of them or a moment" }),
  days: daysOfSpan,
  from: moment.optional().meta({ description: "Instead of days" }),
  to: moment.optional().meta({ description: "Not included; by default just after the newest block" }),
  resolution: z
    .enum(["auto", "block", "hour", "day"])
    .default("auto")
    .meta({ description: "One point each; auto: by how long the time is" }),
  agg: aggregate.optional().meta({ description: "Of hours and days; the metric's usual one where absent" }),
  points: z.coerce.number().int().min(10).max(5_000).default(5_000).meta({ description: "At most so many" }),
});

export const series = z
  .object({
    metric,
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    resolution: z.enum(["block", "hour", "day"]),
    aggregate: aggregate.nullable().meta({ description: "null block by block" }),
    labelVersion,
    available: z.int().nonnegative().meta({
      description: "Points that there are; where more than points, those that show the shape best were chosen",
    }),
    unmade: z.int().nonnegative().meta({
      description:
        "Hours or days of it that have blocks and are not computed yet, as after a first start; then auto gives blocks up to 31 days",
    }),
    points: z.array(
      z.object({
        time: z.iso.datetime().meta({ description: "Header time, or when the hour or day begins" }),
        height: z.int().nonnegative().nullable(),
        value: z.number(),
      }),
    ),
  })
  .meta({ id: "Series" });
export type Series = z.infer<typeof series>;
