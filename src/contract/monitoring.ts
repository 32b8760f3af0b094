import { z } from "zod";
import { signalKind } from "./insights.ts";

const componentState = z.enum(["healthy", "degraded", "down"]);

const component = z
  .object({
    name: z.enum(["database", "ingest", "source", "api", "queue", "disk", "backup"]).meta({
      description:
        "queue: where a process has made one; disk: of the process that answers; backup: where backups are scheduled",
    }),
    state: componentState,
    reason: z
      .string()
      .nullable()
      .meta({ description: "Why it is not healthy, or which of several sources is in use and why" }),
    checkedAt: z.iso.datetime(),
    latencyMs: z.number().nonnegative().nullable().meta({
      description:
        "Of the database for an answer, of the queue and the disk to be counted; of the API the median of its answers in the last seconds; of ingest the median of what a block takes and of the source that until one it told of is stored, of the last 24 hours; null: nothing was timed",
    }),
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

const milliseconds = z.number().nonnegative().nullable();

const diskUse = z
  .object({
    name: z.enum(["data", "log", "backups"]).meta({
      description:
        "The data directory with its database; where the database's log of changes is archived; backups with it",
    }),
    usedBytes: count.meta({ description: "By the files in it" }),
    freeBytes: count.meta({ description: "Of the disk that it is on" }),
    totalBytes: count,
  })
  .meta({ id: "DiskUse" });

const queueState = z
  .object({
    waiting: count,
    active: count,
    failed: count.meta({ description: "In the last hour: later they are forgotten" }),
    oldestWaitingSeconds: z.number().nonnegative().nullable().meta({ description: "null: none waits" }),
  })
  .meta({ id: "QueueState" });

const processing = z
  .object({
    since: z.iso.datetime().meta({ description: "24 hours ago, or when the first block was measured" }),
    blocks: count,
    blocksPerSecond: z
      .number()
      .nonnegative()
      .meta({ description: "Of all that time, whether there were any to store" }),
    p50Ms: milliseconds.meta({ description: "From a block at hand to it being stored, half of them; within 5 %" }),
    p95Ms: milliseconds,
    sourceLag: z
      .object({ blocks: count, p50Ms: milliseconds, p95Ms: milliseconds })
      .meta({ description: "From when the source told of a block to when it was stored, of those that it told of" }),
  })
  .meta({ id: "Processing" });

const retentionRun = z
  .object({
    family: z.string().meta({ description: "Rows of one kind that go when they are old; docs/guide/retention.md" }),
    keptDays: z.int().positive(),
    ranAt: z.iso.datetime(),
    nextAt: z.iso.datetime().nullable().meta({ description: "null: with what is written next" }),
    removed: count.meta({ description: "By the last run: rows, of events and mempoolSnapshots whole partitions" }),
    removedTotal: count,
    failure: z
      .string()
      .nullable()
      .meta({ description: "Why the last run removed nothing; null: it did what it should" }),
  })
  .meta({ id: "RetentionRun" });

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
    processing: processing
      .nullable()
      .meta({ description: "Of blocks that were followed in the last 24 hours; null: none was stored" }),
    queue: queueState.nullable().meta({ description: "Ranges of backfills; null: no process has made the queue" }),
    disk: z
      .array(diskUse)
      .nullable()
      .meta({ description: "As the process that answers sees it; null: it was told of no directory" }),
    retention: z
      .array(retentionRun)
      .nullable()
      .meta({ description: "How what is old was removed last; null while the database is away" }),
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
