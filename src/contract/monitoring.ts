import { z } from "zod";
import { signalKind } from "./insights.ts";

const componentState = z.enum(["healthy", "degraded", "down"]);

const component = z
  .object({
    name: z.enum(["database", "ingest", "source", "api", "backup"]),
    state: componentState,
    reason: z
      .string()
      .nullable()
      .meta({ description: "Why it is not healthy, or which of several sources is in use and why" }),
    checkedAt: z.iso.datetime(),
    latencyMs: z.number().nonnegative().nullable(),
  })
  .meta({ id: "Component" });

const chainTip = z
  .object({
    height: z.int().nonnegative(),
    hash: z.string(),
    time: z.iso.datetime().meta({ description: "Header time" }),
    ageSeconds: z.number().meta({ description: "Chain time now minus header time" }),
  })
  .meta({ id: "ChainTip" });

const backfill = z
  .object({
    state: z.enum(["running", "done"]),
    blocksDone: z.int().nonnegative(),
    blocksTotal: z.int().nonnegative(),
    blocksPerSecond: z.number().nonnegative().nullable(),
    etaSeconds: z.number().nonnegative().nullable(),
  })
  .meta({ id: "Backfill" });

const mempool = z
  .object({
    time: z.iso.datetime().meta({ description: "When it was seen, by the source's clock" }),
    count: z.int().nonnegative(),
    weight: z.int().nonnegative(),
    totalFee: z.int().nonnegative().meta({ description: "Satoshis" }),
    minFeeRate: z.number().nonnegative().nullable().meta({ description: "sat/vB below which the node takes nothing" }),
    nextBlockFeeRate: z
      .number()
      .nonnegative()
      .nullable()
      .meta({ description: "Median package fee rate of the next block as it would be mined now, sat/vB" }),
  })
  .meta({ id: "Mempool" });

const quiet = z
  .object({
    reason: z.enum(["clock-jump", "labels-changed", "labels-unreadable", "source-behind", "mempool-lost", "reorg"]),
    detail: z.string().meta({ description: "For a person" }),
    sinceHeight: z.int().nonnegative().nullable().meta({ description: "First block; null where it is of the source" }),
    since: z.iso
      .datetime()
      .nullable()
      .meta({ description: "Header time of that block, null where it is not stored; of the source, wall clock" }),
    silent: z.array(signalKind).meta({ description: "Kinds of which nothing is published" }),
    presentUnknown: z.boolean().meta({ description: "Whether nothing is to be said of the present" }),
  })
  .meta({ id: "Quiet" });

const count = z.int().nonnegative();

const languageModel = z
  .object({
    name: z.string().meta({ description: "<provider>:<model>" }),
    today: z
      .object({ requests: count, requestsPerDay: count, tokens: count, tokensPerDay: count })
      .meta({ description: "Of the budget of this day, UTC" }),
    total: z
      .object({
        asked: count,
        accepted: count.meta({ description: "Published" }),
        refused: count.meta({ description: "Evidence did not back the text; the template stands" }),
        failed: count,
        timedOut: count,
        tooLate: count.meta({ description: "The insight was retracted, or moved to another block, meanwhile" }),
        overBudget: count.meta({ description: "Not asked" }),
      })
      .meta({
        description: "Since the database was made, all models together; asked and not yet answered in none else",
      }),
    reasons: z
      .array(z.object({ outcome: z.string(), reason: z.string(), count }))
      .meta({ description: "Why texts were refused and requests failed, the commonest first" }),
  })
  .meta({ id: "LanguageModelUse" });

const answerCache = z
  .object({
    hits: count.meta({ description: "Since this process began" }),
    misses: count,
    hitRate: z.number().min(0).max(1).nullable().meta({ description: "null before the first" }),
    redis: z.enum(["none", "reachable", "unreachable"]),
  })
  .meta({ id: "AnswerCache" });

export const monitoringStatus = z
  .object({
    state: componentState,
    version: z.string(),
    network: z.string().nullable().meta({ description: "null while it cannot be read" }),
    simulated: z.boolean().nullable(),
    source: z.string().nullable(),
    sourceDescription: z.string().nullable().meta({ description: "What the source turned out to be" }),
    sourceKind: z
      .enum(["chain", "set"])
      .nullable()
      .meta({ description: "A set of blocks has no tip that moves; null until ingest reported" }),
    now: z.iso.datetime().meta({ description: "Wall clock of the server" }),
    chainTime: z.iso.datetime().nullable().meta({ description: "The chain's own clock; null until ingest reported" }),
    tip: chainTip.nullable().meta({ description: "Newest block that is stored; null when none is" }),
    blocksBehind: z.int().nonnegative().nullable(),
    backfill: backfill.nullable(),
    mempool: mempool.nullable().meta({ description: "As last seen; null where the source sees no mempool" }),
    quiet: z
      .array(quiet)
      .meta({ description: "Conditions in which something is not published; docs/reference/quiet-mode.md" }),
    languageModel: languageModel
      .nullable()
      .meta({ description: "Words new insights anew; null where none is configured" }),
    counts: z.object({ blocks: z.int(), signals: z.int(), insights: z.int() }).nullable(),
    cache: answerCache.nullable().meta({ description: "Answers of the API that are remembered; null where none are" }),
    streamClients: z.int().nonnegative(),
    lastEventId: z.int().nonnegative().nullable(),
    components: z.array(component),
  })
  .meta({ id: "MonitoringStatus" });

export type MonitoringStatus = z.infer<typeof monitoringStatus>;

export const liveness = z.object({ status: z.literal("ok") }).meta({ id: "Liveness" });

export const readiness = z
  .object({
    ready: z.boolean(),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), reason: z.string().nullable() })),
  })
  .meta({ id: "Readiness" });
