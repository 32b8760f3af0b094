import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { MonitoringStatus } from "#contract";
import { VERSION } from "#lib";
import type { cache } from "#store";
import type { App } from "../app-types.ts";
import type { Streams } from "../streams/streams.ts";

/** Seconds; most answers take some milliseconds, and one of more than a second is worth a look. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** What is made is registered by hand; by itself it would go into one registry of the whole process. */
const NONE: Registry[] = [];
const STATES = ["healthy", "degraded", "down"] as const;

type TelemetryOptions = {
  readonly app: App;
  readonly streams: Streams;
  readonly readStatus: () => Promise<MonitoringStatus>;
  /** Absent: every answer is made anew. */
  readonly answers?: cache.AnswerCache | undefined;
};

/** What this process tells Prometheus: its own counts since it began, and the state of all as of now. */
export function openTelemetry({ app, streams, readStatus, answers }: TelemetryOptions): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  countRequests(app, registry);
  tellStreams(streams, registry);
  if (answers !== undefined) tellAnswers(answers, registry);
  tellStatus(readStatus, registry);
  const registers = [registry];
  const build = new Gauge({
    name: "utxoiq_build_info",
    help: "1, with the version",
    labelNames: ["version"],
    registers,
  });
  build.set({ version: VERSION }, 1);
  return registry;
}

/** By the route's pattern: an address of its own for each block would never end. */
function countRequests(app: App, registry: Registry): void {
  const durations = new Histogram({
    name: "utxoiq_http_request_duration_seconds",
    help: "From a request's first line to the end of its answer",
    labelNames: ["method", "route", "status"],
    buckets: BUCKETS,
    registers: [registry],
  });
  app.addHook("onResponse", async ({ method, routeOptions }, reply) => {
    const labels = { method, route: routeOptions.url ?? "none", status: String(reply.statusCode) };
    durations.observe(labels, reply.elapsedTime / 1_000);
  });
}

function tellStreams({ connections, hub }: Streams, registry: Registry): void {
  const registers = NONE;
  const told = <Name extends string>(counts: Readonly<Record<Name, number>>): [Name, number][] =>
    Object.entries(counts) as [Name, number][];
  registry.registerMetric(
    new Gauge({
      name: "utxoiq_stream_connections",
      help: "Streams that are open",
      labelNames: ["kind"],
      registers,
      collect() {
        for (const [kind, count] of told(connections.counts().open)) this.set({ kind }, count);
      },
    }),
  );
  registry.registerMetric(
    new Counter({
      name: "utxoiq_stream_connections_total",
      help: "Streams that were opened",
      labelNames: ["kind"],
      registers,
      collect() {
        this.reset();
        for (const [kind, count] of told(connections.counts().opened)) this.inc({ kind }, count);
      },
    }),
  );
  registry.registerMetric(
    new Counter({
      name: "utxoiq_stream_closed_total",
      help: "Streams that the server closed, by why",
      labelNames: ["reason"],
      registers,
      collect() {
        this.reset();
        for (const [reason, count] of told(connections.counts().closed)) this.inc({ reason }, count);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: "utxoiq_stream_subscribers",
      help: "Clients that have caught up and get each event as it happens",
      registers,
      collect() {
        this.set(hub.size);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: "utxoiq_events_last_id",
      help: "Id of the newest event that this process has seen",
      registers,
      collect() {
        this.set(hub.lastId);
      },
    }),
  );
}

/** Of all that may be remembered. */
function tellAnswers(answers: cache.AnswerCache, registry: Registry): void {
  registry.registerMetric(
    new Counter({
      name: "utxoiq_answers_total",
      help: "Answers that may be remembered, by whether they were",
      labelNames: ["found"],
      registers: NONE,
      collect() {
        this.reset();
        const { hits, misses } = answers.figures();
        this.inc({ found: "hit" }, hits);
        this.inc({ found: "miss" }, misses);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: "utxoiq_answer_hit_rate",
      help: "Share of these answers that were remembered, since the process began",
      registers: NONE,
      collect() {
        this.remove();
        const { hits, misses } = answers.figures();
        if (hits + misses > 0) this.set(hits / (hits + misses));
      },
    }),
  );
}

/** What is not known is left out: a number that was not measured is none. */
function tellStatus(readStatus: TelemetryOptions["readStatus"], registry: Registry): void {
  const registers = NONE;
  const gauge = (
    name: string,
    help: string,
    valueOf: (status: MonitoringStatus) => number | null | undefined,
  ): void => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.remove();
          const value = valueOf(await readStatus());
          if (value !== null && value !== undefined) this.set(value);
        },
      }),
    );
  };
  registry.registerMetric(
    new Gauge({
      name: "utxoiq_component_state",
      help: "1 for the state that a component is in, 0 for the others",
      labelNames: ["component", "state"],
      registers,
      async collect() {
        const { components } = await readStatus();
        for (const { name, state: is } of components)
          for (const state of STATES) this.set({ component: name, state }, state === is ? 1 : 0);
      },
    }),
  );
  gauge("utxoiq_tip_height", "Height of the newest stored block", ({ tip }) => tip?.height);
  gauge(
    "utxoiq_tip_age_seconds",
    "By the chain's clock, since the header time of that block",
    ({ tip }) => tip?.ageSeconds,
  );
  gauge("utxoiq_blocks_behind", "Blocks of the source that are not stored yet", ({ blocksBehind }) => blocksBehind);
  gauge("utxoiq_stored_blocks", "Blocks that are stored", ({ counts }) => counts?.blocks);
  gauge("utxoiq_stored_signals", "Signals of these blocks", ({ counts }) => counts?.signals);
  gauge("utxoiq_stored_insights", "Insights that were published", ({ counts }) => counts?.insights);
  gauge("utxoiq_mempool_transactions", "Transactions that wait, as last seen", ({ mempool }) => mempool?.count);
  gauge("utxoiq_database_latency_seconds", "For an answer of the database", ({ components }) => {
    const latencyMs = components.find(({ name }) => name === "database")?.latencyMs ?? null;
    return latencyMs === null ? null : latencyMs / 1_000;
  });
}
