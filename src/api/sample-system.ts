import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { DurationCounter, instanceName, type Logger, messageOf } from "#lib";
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

/** Measures this process each ten seconds, until the function is called that it returns. Before the server listens. */
export function sampleSystem({
  app,
  db,
  logger,
  streamClients,
  takeEventLag,
  everyMs = EVERY_MS,
}: Sampling): () => void {
  const durations = new DurationCounter();
  app.addHook("onResponse", async (_request, reply) => durations.add(reply.elapsedTime));
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  let [cpu, at] = [process.cpuUsage(), performance.now()];
  const take = async (): Promise<void> => {
    const now = performance.now();
    const used = process.cpuUsage(cpu);
    const { rss, heapUsed } = process.memoryUsage();
    const sample = {
      instance: instanceName(),
      rssBytes: rss,
      heapBytes: heapUsed,
      cpuShare: (used.user + used.system) / 1_000 / (now - at),
      loopDelayP99Ms: delay.percentile(99) / 1e6,
      requests: durations.take(),
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
  return () => {
    clearInterval(timer);
    delay.disable();
  };
}
