import { z } from "zod";
import { nextPage, pageOf } from "./paging.ts";
import { chartSpec } from "./charts.ts";
import { insight, insightStatus } from "./insights.ts";

const day = z.iso.date();

const score = z
  .object({
    surprise: z.number().meta({ description: "log10 of once in how many blocks; 1 where no rank is known" }),
    confidence: z.number().meta({ description: "0.5 where nothing is claimed, or too few outcomes are known" }),
    diversity: z.number().meta({ description: "Halved for each event before it of its category, and of its entity" }),
    product: z.number(),
  })
  .meta({ id: "BriefScore" });

const picture = z.object({
  svgUrl: z.string(),
  pngUrl: z.string(),
  chart: chartSpec,
  points: z.array(z.object({ height: z.int().nonnegative(), time: z.iso.datetime(), value: z.number().nullable() })),
});

const restated = z.object({ height: z.int().nonnegative(), blockHash: z.string() }).nullable().meta({
  description:
    "The block in which it stands now, where that is another than the one of the brief: its event went on, or the chain was reorganised, and its text and numbers may be others",
});

const briefItem = z.object({
  insight: insight.omit({ eventId: true, publishedHeight: true, chart: true }).meta({
    description: "As it was when the brief was published; its status is the present one",
  }),
  restated,
  also: z.array(z.object({ id: z.string(), headline: z.string(), status: insightStatus, restated })).meta({
    description: "Other insights about the same event",
  }),
  score,
  picture: picture.nullable().meta({ description: "null where no series shows the event" }),
});

const facts = {
  date: day,
  network: z.string(),
  simulated: z.boolean(),
  publishedAt: z.iso.datetime().meta({ description: "By the chain's clock" }),
  url: z.string().meta({ description: "The permanent link" }),
  events: z.int().nonnegative().meta({ description: "What stood out on that day; a brief tells of at most five" }),
};

export const brief = z
  .object({
    ...facts,
    blocks: z
      .object({ first: z.int().nonnegative(), last: z.int().nonnegative(), count: z.int().positive() })
      .nullable(),
    insights: z.int().nonnegative(),
    retracted: z
      .int()
      .nonnegative()
      .meta({ description: "Insights of the brief that were retracted since, those about the same event included" }),
    items: z.array(briefItem),
  })
  .meta({ id: "Brief" });

export type Brief = z.infer<typeof brief>;

export const listBriefsQuery = z.strictObject({
  ...pageOf({ most: 100, usual: 20 }),
});

export const briefList = z
  .object({
    briefs: z.array(z.object({ ...facts, headlines: z.array(z.string()) })),
    ...nextPage,
  })
  .meta({ id: "BriefList" });

export type BriefList = z.infer<typeof briefList>;
