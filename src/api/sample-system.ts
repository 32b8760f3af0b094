import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import {
  addDurations,
  DurationCounter,
  type Durations,
  instanceName,
  type Logger,
  messageOf,
  percentileOf,
} from "#lib";
import { type Database, measures } from "#store";
import type { App } from "./app-types.ts";

const EVERY_MS = 10_000;

type Sampling = {
  readonly app: App;
  readonly db: Database;
  readonly logger: Logger;
  readonly streamClients: () => number;
  /** The longest since it was asked before. */
  readonly takeEventLag: () => number | null;
  readonly everyMs?: number;
};

/** How this process did in the last ten to twenty seconds. */
export type ApiMeasure = {
  /** Median of its answers; `null` where nothing was asked. */
  readonly answerMs: number | null;
  /** What 99 of 100 times is the longest that work waited for its turn. */
  readonly waitMs: number;
};

export type SystemSampling = { readonly measure: () => ApiMeasure; readonly stop: () => void };

/** Measures this process each ten seconds until it is stopped. Before the server listens. */
export function sampleSystem({
  app,
  db,
  logger,
  streamClients,
  takeEventLag,
  everyMs = EVERY_MS,
}: Sampling): SystemSampling {
  const durations = new DurationCounter();
  let before: { readonly requests: Durations; readonly waitMs: number } = { requests: new Map(), waitMs: 0 };
  app.addHook("onResponse", async (_request, reply) => durations.add(reply.elapsedTime));
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  let [cpu, at] = [process.cpuUsage(), performance.now()];
  const take = async (): Promise<void> => {
    const now = performance.now();
    const used = process.cpuUsage(cpu);
    const { rss, heapUsed } = process.memoryUsage();
    before = { requests: durations.take(), waitMs: waited(delay) };
    const sample = {
      instance: instanceName(),
      rssBytes: rss,
      heapBytes: heapUsed,
      cpuShare: (used.user + used.system) / 1_000 / (now - at),
      loopDelayP99Ms: before.waitMs,
      requests: before.requests,
      streamClients: streamClients(),
      eventLagMs: takeEventLag(),
    };
    [cpu, at] = [process.cpuUsage(), now];
    delay.reset();
    await measures.saveSystemSample(db, { ...sample, databaseMs: await measures.ping(db) });
  };
  const timer = setInterval(() => {
    take().catch((error: unknown) =>
      logger.warn({ reason: messageOf(error) }, "what was measured could not be stored"),
    );
  }, everyMs);
  return {
    measure: () => ({
      answerMs: percentileOf(addDurations(before.requests, durations.seen()), 0.5),
      waitMs: Math.max(before.waitMs, waited(delay)),
    }),
    stop: () => {
      clearInterval(timer);
      delay.disable();
    },
  };
}

/** Just after it was reset it has seen nothing. */
function waited(delay: ReturnType<typeof monitorEventLoopDelay>): number {
  return delay.count === 0 ? 0 : delay.percentile(99) / 1e6;
}
