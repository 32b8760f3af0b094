import { z } from "zod";
import { nextPage, pageOf } from "./paging.ts";
import { hex32, signalKind } from "./insights.ts";

const id = z.string().regex(/^[0-9a-f]{32}$/);

export const forecastKind = z.enum(["fee-rate", "next-difficulty", "next-halving", "exchange-pressure"]);

/** A signal that claims something, or a forecast. */
const predictionKind = z.enum([...signalKind.options, ...forecastKind.options]);

const interval = z
  .object({ level: z.number().min(0).max(1), low: z.number(), high: z.number() })
  .meta({ id: "Interval", description: "The truth shall lie between with this probability, ends included" });

/** Amounts of a forecast are in this. */
const unit = z.enum(["sat/vB", "ratio", "unix-seconds"]);

const said = {
  id: id.meta({ description: "Hash of what was said and of the block on which it was said" }),
  subject: z.string().nullable().meta({ description: "Whom or what it is about; null: the only one, or all together" }),
  height: z.int().nonnegative().meta({ description: "Of the block after which it was made" }),
  blockHash: hex32,
  madeAt: z.iso.datetime().meta({ description: "By the chain's clock" }),
  dueHeight: z.int().nonnegative().meta({ description: "Height of the block that decides it at the latest" }),
  live: z.boolean().meta({ description: "Made at the tip; false: while history was read, without what came later" }),
  calibration: z.string().nullable().meta({ description: "What its probability or intervals were learnt from" }),
};

const value = {
  unit,
  rule: z.string().meta({ description: "How blocks tell the number" }),
  median: z.number(),
  intervals: z.array(interval),
};

const forecast = z.object({ ...said, kind: forecastKind, ...value }).meta({ id: "Forecast" });

const missingForecast = z
  .object({ kind: forecastKind, subject: z.string().nullable(), reason: z.string() })
  .meta({ id: "MissingForecast" });

export const forecastList = z
  .object({
    height: z.int().nonnegative().nullable().meta({ description: "Newest stored block; null when none is" }),
    forecasts: z.array(forecast).meta({ description: "Of each kind and subject the newest whose outcome is open" }),
    missing: z.array(missingForecast).meta({ description: "What is not forecast at present, and why" }),
  })
  .meta({ id: "ForecastList" });

export type ForecastList = z.infer<typeof forecastList>;

const claim = z.object({
  type: z.literal("claim"),
  text: z.string(),
  probability: z.number().min(0).max(1).nullable().meta({ description: "null: too few outcomes were known" }),
});

const statement = z
  .union([claim, z.object({ type: z.literal("value"), ...value })])
  .meta({ id: "PredictionStatement" });

export const outcome = z
  .union([
    z.object({ type: z.literal("claim"), came: z.boolean() }),
    z.object({ type: z.literal("value"), value: z.number() }),
    z.object({ type: z.literal("unknown"), reason: z.string() }),
  ])
  .meta({ id: "PredictionOutcome", description: "What is unknown counts neither way" });

const levelScore = z.object({
  level: z.number(),
  covered: z.boolean(),
  width: z.number(),
  winkler: z.number().meta({ description: "Interval score: the width, and 2/α times of what lies outside" }),
});

const resolvedPrediction = z
  .object({
    ...said,
    kind: predictionKind,
    statement,
    outcome,
    resolvedAt: z.object({ height: z.int().nonnegative(), blockHash: hex32, time: z.iso.datetime() }),
    brier: z.number().nullable(),
    intervals: z.array(levelScore).meta({ description: "Of fee rates in doublings, else in the unit" }),
    entry: z
      .object({ seq: z.int().positive(), hash: hex32 })
      .meta({ description: "Its place in the chain of entries" }),
  })
  .meta({ id: "ResolvedPrediction" });

const claimScores = z
  .object({
    cameTrue: z.int().nonnegative(),
    withProbability: z.int().nonnegative().meta({ description: "Of the decided ones; the scores are theirs" }),
    brier: z.number().nullable(),
    skill: z.number().nullable().meta({ description: "Over always saying the base rate; null: all came out alike" }),
    calibrationError: z.number().nullable(),
    bins: z.array(z.object({ count: z.int(), meanProbability: z.number(), observed: z.number() })),
  })
  .meta({ id: "ClaimScores" });

const intervalScores = z
  .object({ level: z.number(), n: z.int(), coverage: z.number(), width: z.number(), winkler: z.number() })
  .meta({ id: "IntervalScores", description: "Means; of fee rates in doublings, else in the unit" });

const kindScores = z
  .object({
    kind: predictionKind,
    subject: z.string().nullable().meta({ description: "Where the subjects of a kind are not alike; else null" }),
    made: z.int(),
    live: z.int().meta({ description: "Of those made: at the tip, not while history was read" }),
    open: z.int(),
    decided: z.int(),
    undecided: z.int().meta({ description: "Over, and blocks do not tell what came of them" }),
    withdrawn: z.int().meta({ description: "Their block left the chain" }),
    claims: claimScores.nullable(),
    intervals: z.array(intervalScores),
  })
  .meta({ id: "KindScores" });

export const scorecard = z
  .object({
    head: z.object({ seq: z.int().positive(), hash: hex32 }).nullable().meta({
      description: "Newest entry of the chain; whoever notes it can tell later whether the chain still holds it",
    }),
    kinds: z.array(kindScores),
    resolved: z.array(resolvedPrediction).meta({ description: "Hits and misses alike, newest first" }),
    ...nextPage,
  })
  .meta({ id: "Scorecard" });

export type Scorecard = z.infer<typeof scorecard>;

export const scorecardQuery = z.strictObject({
  ...pageOf({ most: 200, usual: 50 }),
  kind: predictionKind.optional().meta({ description: "Of the resolved alone" }),
});
