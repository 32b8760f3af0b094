import { z } from "zod";
import { insightCategory, insightStatus, signalKind } from "./insights.ts";

const bytes = z.number().nonnegative();
const milliseconds = z.number().nonnegative();

export const systemMetricsQuery = z.strictObject({
  hours: z.coerce.number().int().min(1).max(8_760).default(24).meta({ description: "Up to now" }),
  resolution: z
    .enum(["minute", "hour"])
    .default("minute")
    .meta({ description: "One point each; hours from 48 hours on" }),
});

export const systemMetrics = z
  .object({
    points: z.array(
      z.object({
        time: z.iso.datetime(),
        samples: z.int().positive().meta({ description: "Measurements, one in ten seconds of each process" }),
        rssBytes: bytes.meta({ description: "Memory of the process, mean" }),
        heapBytes: bytes,
        cpuShare: z.number().nonnegative().meta({ description: "Of one processor, mean" }),
        loopDelayP99Ms: milliseconds.meta({
          description: "How long something waited for its turn: the worst of the 99th percentiles of ten seconds each",
        }),
        databaseMs: milliseconds.meta({ description: "For an answer of the database, mean" }),
        databaseBytes: bytes,
        requests: z.int().nonnegative(),
        requestP50Ms: milliseconds.nullable().meta({
          description: "Of all requests of the span, within 5 %; null where nothing was asked",
        }),
        requestP95Ms: milliseconds.nullable(),
        requestP99Ms: milliseconds.nullable(),
        streamClients: z.int().nonnegative(),
        eventLagMs: milliseconds.nullable().meta({
          description:
            "From when an event is stored to when all who listen were handed it, the longest; null where there was none",
        }),
      }),
    ),
  })
  .meta({ id: "SystemMetrics" });
export type SystemMetrics = z.infer<typeof systemMetrics>;

export const processingQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(366).default(30).meta({ description: "Before the newest block" }),
  resolution: z.enum(["hour", "day"]).default("day").meta({ description: "One point each" }),
});

export const signalMetrics = z
  .object({
    points: z.array(
      z.object({
        time: z.iso.datetime(),
        kind: signalKind,
        category: insightCategory.meta({ description: "What insights about them are filed under" }),
        count: z.int().positive(),
      }),
    ),
  })
  .meta({ id: "SignalMetrics" });
export type SignalMetrics = z.infer<typeof signalMetrics>;

export const insightMetrics = z
  .object({
    points: z.array(
      z.object({
        time: z.iso.datetime(),
        category: insightCategory,
        status: insightStatus,
        count: z.int().positive(),
        confidence: z.number().nullable().meta({ description: "Mean of those that claim something" }),
      }),
    ),
  })
  .meta({ id: "InsightMetrics" });
export type InsightMetrics = z.infer<typeof insightMetrics>;
