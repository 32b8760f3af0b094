import { z } from "zod";
import { feedbackStats } from "./feedback.ts";
import { backfillList } from "./backfills.ts";
import { insight } from "./insights.ts";
import { mempoolNow } from "./mempool.ts";
import { monitoringStatus } from "./monitoring.ts";
import { forecastList } from "./predictions.ts";

const eventId = z.int().positive();

/** Stored events: each has an id, ids are in commit order, and a client resumes after the last one it saw. */
const insightEvent = z.object({
  id: eventId,
  type: z.enum(["insight.published", "insight.updated", "insight.retracted"]),
  at: z.iso.datetime(),
  data: insight,
});

const blockEvent = z.object({
  id: eventId,
  type: z.enum(["block.connected", "block.disconnected"]),
  at: z.iso.datetime(),
  data: z.object({
    height: z.int().nonnegative(),
    hash: z.string(),
    time: z.iso.datetime(),
    txs: z.int().nonnegative(),
    medianFeeRate: z.number().nullable(),
    pool: z.string().nullable(),
  }),
});

const feedbackEvent = z.object({
  id: eventId,
  type: z.literal("feedback.updated"),
  at: z.iso.datetime(),
  data: feedbackStats,
});

const briefEvent = z.object({
  id: eventId,
  type: z.literal("brief.published"),
  at: z.iso.datetime(),
  data: z.object({
    date: z.iso.date(),
    url: z.string().meta({ description: "The permanent link" }),
    headlines: z.array(z.string()),
  }),
});

export const storedEvent = z
  .discriminatedUnion("type", [insightEvent, blockEvent, feedbackEvent, briefEvent])
  .meta({ id: "StoredEvent" });
export type StoredEvent = z.infer<typeof storedEvent>;

/** First message on every connection. */
export const helloMessage = z
  .object({
    type: z.literal("hello"),
    serverVersion: z.string(),
    streamId: z.uuid().meta({ description: "Event ids of another stream mean nothing here" }),
    lastEventId: z.int().nonnegative(),
  })
  .meta({ id: "HelloMessage" });

/** `since` is older than what is kept: reload the lists, then go on from `lastEventId`. */
const resetMessage = z.object({ type: z.literal("reset"), lastEventId: z.int().nonnegative() });

const errorMessage = z.object({ type: z.literal("error"), code: z.string(), detail: z.string() });

/** Not stored, no id: the newest status, about once a second while something changes. */
const statusMessage = z.object({ type: z.literal("status"), data: monitoringStatus });

/** Not stored, no id: backfills and how far they are, each second while one changes. */
const backfillMessage = z.object({ type: z.literal("backfill"), data: backfillList });

/** Not stored, no id: what waits to be mined, and what is forecast, when there is something new. */
const mempoolMessage = z.object({ type: z.literal("mempool"), data: mempoolNow });
const forecastMessage = z.object({ type: z.literal("forecast"), data: forecastList });

const liveMessages = [statusMessage, backfillMessage, mempoolMessage, forecastMessage] as const;

export const serverMessage = z
  .union([helloMessage, resetMessage, errorMessage, ...liveMessages, storedEvent])
  .meta({ id: "ServerMessage" });
export type ServerMessage = z.infer<typeof serverMessage>;

const topic = z.enum(["insight", "feedback", "brief", "block", "status", "backfill", "mempool", "forecast"]);

/** What a client may send. Without `since` the stream begins with what happens next. */
export const clientMessage = z
  .object({
    type: z.literal("subscribe"),
    since: z.int().nonnegative().optional(),
    topics: z
      .array(topic)
      .min(1)
      .max(topic.options.length)
      .optional()
      .meta({ description: "Instead of the path's own" }),
  })
  .meta({ id: "ClientMessage" });
export type ClientMessage = z.infer<typeof clientMessage>;

export const eventsQuery = z.strictObject({
  topics: z
    .string()
    .max(200)
    .transform((text) => text.split(","))
    .pipe(z.array(topic).min(1))
    .optional()
    .meta({
      description:
        "Of insight, feedback, brief, block, status, backfill, mempool and forecast, with commas between; the first four where nothing is said",
    }),
  since: z.coerce.number().int().nonnegative().optional().meta({ description: "The id after which to go on" }),
});
