import { z } from "zod";
import { transferLine } from "./chain.ts";
import { filterByBlock, line } from "./filter-parts.ts";
import { hex32, insightCategory, signalKind } from "./insights.ts";
import { metricUnits } from "./metric-units.ts";
import { nextPage, pageOf } from "./paging.ts";

const height = z.int().nonnegative();
const entity = transferLine.shape.from;

export const listSignalsQuery = z.strictObject({
  ...pageOf({ most: 200, usual: 50 }),
  ...filterByBlock,
  entity: line.min(1).max(200).optional().meta({ description: "Whom it is about, spelt as in subject" }),
  minPercentile: z.coerce
    .number()
    .min(0)
    .max(100)
    .optional()
    .meta({ description: "Of its surprise; signals that were compared with nothing are left out" }),
});

const signal = z
  .object({
    height,
    blockHash: hex32,
    time: z.iso.datetime().meta({ description: "Header time" }),
    number: z.int().nonnegative().meta({ description: "Of the signals of its block, from 0 on" }),
    kind: signalKind,
    category: insightCategory.meta({ description: "What an insight about it is filed under" }),
    startHeight: height.meta({ description: "First block of what was measured; often the block itself" }),
    subject: entity.meta({ description: "Whom it is about; null: the chain as a whole" }),
    other: entity.meta({ description: "Who is named beside; null: nobody" }),
    direction: z.enum(["above", "below"]).nullable(),
    surprise: z
      .object({ percentile: z.number().min(0).max(100), sampleSize: z.int().positive() })
      .nullable()
      .meta({ description: "Rank in its own history; null: too little of it, or nothing to compare" }),
    metrics: z
      .array(
        z.object({
          name: z.string(),
          unit: z.enum(metricUnits),
          value: z.number(),
          baseline: z.number().nullable().meta({ description: "Middle of the history that it was compared with" }),
          level: z.number().nullable().meta({ description: "What it had to pass to stand out" }),
        }),
      )
      .meta({ description: "The first is the one that stands out" }),
    transactions: z
      .array(transferLine.omit({ height: true, blockHash: true, time: true }))
      .meta({ description: "Transactions that it cites, the largest first" }),
  })
  .meta({ id: "Signal" });

export const signalList = z.object({ signals: z.array(signal), ...nextPage }).meta({ id: "SignalList" });
export type SignalList = z.infer<typeof signalList>;
