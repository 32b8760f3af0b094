import type { MonitoringStatus } from "#contract";
import { messageOf, VERSION } from "#lib";
import {
  type cache,
  countRows,
  type Database,
  embedded,
  findChain,
  getEventBounds,
  getTip,
  type Heartbeat,
  listQuiet,
  measures,
  readHeartbeats,
  wordings,
} from "#store";
import { backupComponent } from "./backup-component.ts";
import type { DiskMeasure } from "./disk-watch.ts";
import { apiComponent, diskComponent, queueComponent, type QueueReading } from "./own-components.ts";
import { isoTime } from "./present.ts";
import { presentQuiet } from "./present-quiet.ts";
import type { ApiMeasure } from "./sample-system.ts";

type Component = MonitoringStatus["components"][number];
type State = Component["state"];

/** A role writes a heartbeat each second; after so many without one it is taken for stopped. */
const HEARTBEAT_DOWN_MS = 5_000;

/** Blocks behind the source's tip from which the source is not followed closely any more. */
const BEHIND_DEGRADED = 3;

type StatusDeps = {
  readonly db: Database;
  readonly streamClients: () => number;
  readonly answers?: cache.AnswerCache | undefined;
  /** How this process does. */
  readonly measureApi: () => ApiMeasure;
  readonly readDisk: () => Promise<DiskMeasure | undefined>;
};

/** Measures the state of every component now. Where the database is gone, what depends on it is `null`. */
export async function measureStatus(deps: StatusDeps): Promise<MonitoringStatus> {
  const { db, streamClients, answers, measureApi, readDisk } = deps;
  const [database, disk] = await Promise.all([measureDatabase(db), readDisk()]);
  const rows = database.state === "down" ? undefined : await readRows(db);
  const ingest = rows?.heartbeat;
  const processing = rows?.processing;
  const components = [
    database,
    ingestComponent(ingest, processing?.processing.p50Ms ?? null),
    sourceComponent(ingest, rows?.tip?.height, processing?.lag.p50Ms ?? null),
    apiComponent(measureApi()),
  ];
  if (rows?.queue !== undefined) components.push(queueComponent(rows.queue));
  if (disk !== undefined) components.push(diskComponent(disk));
  const backup = backupComponent(rows?.backups, new Date());
  if (backup !== undefined) components.push(backup);
  const chainTime = ingest?.state.chainTime ?? null;
  const backfill = ingest?.state.backfill ?? null;
  return {
    state: worst(components.map(({ state }) => state)),
    version: VERSION,
    network: rows?.chain?.network ?? null,
    simulated: rows?.chain?.simulated ?? null,
    source: ingest?.state.source ?? null,
    sourceDescription: ingest?.state.sourceDescription ?? null,
    sourceKind: ingest?.state.sourceKind ?? null,
    now: new Date().toISOString(),
    chainTime: chainTime === null ? null : isoTime(chainTime),
    tip: rows?.tip === undefined ? null : presentTip(rows.tip, chainTime),
    blocksBehind: blocksBehind(ingest, rows?.tip?.height),
    backfill:
      backfill === null
        ? null
        : { state: backfill.blocksDone < backfill.blocksTotal ? "running" : "done", ...backfill },
    mempool: presentMempool(ingest),
    quiet: presentQuiet(rows?.quiet ?? [], ingest),
    languageModel: presentModel(ingest, rows?.modelUse),
    counts: rows?.counts ?? null,
    cache: presentCache(answers?.figures()),
    processing: processing === undefined ? null : presentProcessing(processing),
    queue: rows?.queue === undefined ? null : { ...rows.queue.queue },
    disk: disk === undefined ? null : [...disk.uses],
    retention: rows === undefined ? null : rows.retention.map(presentRetention),
    streamClients: streamClients(),
    lastEventId: rows?.lastEventId ?? null,
    components,
  };
}

async function readRows(db: Database) {
  const [chain, tip, counts, bounds, heartbeats, backups, queue, processing, retention] = await Promise.all([
    findChain(db),
    getTip(db),
    countRows(db),
    getEventBounds(db),
    readHeartbeats(db),
    embedded.readBackupState(db),
    readQueue(db),
    measures.readProcessing(db),
    measures.listRetention(db),
  ]);
  const heartbeat = heartbeats.find(({ role }) => role === "ingest");
  const [quiet, modelUse] = await Promise.all([
    tip === undefined ? [] : listQuiet(db, tip.hash),
    // All that was ever asked is counted for it, which is only of use where a model is asked.
    (heartbeat?.state.model ?? null) === null ? undefined : wordings.readModelUse(db),
  ]);
  return {
    chain,
    tip,
    quiet,
    counts,
    backups,
    queue,
    processing,
    retention,
    modelUse,
    lastEventId: bounds.last,
    heartbeat,
  };
}

async function readQueue(db: Database): Promise<QueueReading | undefined> {
  const begun = performance.now();
  const queue = await measures.readQueue(db);
  return queue && { queue, tookMs: performance.now() - begun };
}

function presentCache(figures: cache.CacheFigures | undefined): MonitoringStatus["cache"] {
  if (figures === undefined) return null;
  const { hits, misses, redis } = figures;
  const asked = hits + misses;
  const state = redis === null ? "none" : redis.reachable ? "reachable" : "unreachable";
  return { hits, misses, hitRate: asked === 0 ? null : hits / asked, redis: state };
}

function presentMempool(heartbeat: Heartbeat | undefined): MonitoringStatus["mempool"] {
  const seen = heartbeat?.state.mempool ?? null;
  return seen === null ? null : { ...seen, time: isoTime(seen.time) };
}

function presentModel(
  heartbeat: Heartbeat | undefined,
  use: wordings.ModelUse | undefined,
): MonitoringStatus["languageModel"] {
  const model = heartbeat?.state.model ?? null;
  if (model === null || use === undefined) return null;
  const { name, requestsPerDay, tokensPerDay } = model;
  const { today, total, reasons } = use;
  return {
    name,
    today: { ...today, requestsPerDay, tokensPerDay },
    total: { ...total },
    reasons: reasons.map((reason) => ({ ...reason })),
  };
}

function presentTip(
  tip: { height: number; hash: string; time: number },
  chainTime: number | null,
): MonitoringStatus["tip"] {
  const now = chainTime ?? Math.floor(Date.now() / 1000);
  return { height: tip.height, hash: tip.hash, time: isoTime(tip.time), ageSeconds: Math.max(0, now - tip.time) };
}

async function measureDatabase(db: Database): Promise<Component> {
  const checkedAt = new Date().toISOString();
  try {
    return { name: "database", state: "healthy", reason: null, checkedAt, latencyMs: await measures.ping(db) };
  } catch (error) {
    return { name: "database", state: "down", reason: messageOf(error), checkedAt, latencyMs: null };
  }
}

/** Whether whoever wrote it has to be taken for stopped. */
export function isSilent({ at }: Pick<Heartbeat, "at">): boolean {
  return Date.now() - at.getTime() > HEARTBEAT_DOWN_MS;
}

function ingestComponent(heartbeat: Heartbeat | undefined, latencyMs: number | null): Component {
  const basics = { name: "ingest", latencyMs } as const;
  if (heartbeat === undefined) {
    return { ...basics, state: "down", reason: "ingest has not reported yet", checkedAt: new Date().toISOString() };
  }
  const checkedAt = heartbeat.at.toISOString();
  const ageMs = Date.now() - heartbeat.at.getTime();
  if (isSilent(heartbeat)) {
    return { ...basics, state: "down", reason: `last heard of ${Math.round(ageMs / 1000)} s ago`, checkedAt };
  }
  return { ...basics, state: "healthy", reason: null, checkedAt };
}

function sourceComponent(
  heartbeat: Heartbeat | undefined,
  storedHeight: number | undefined,
  latencyMs: number | null,
): Component {
  const basics = { name: "source", latencyMs } as const;
  if (heartbeat === undefined) {
    return { ...basics, state: "down", reason: "no source is being read", checkedAt: new Date().toISOString() };
  }
  const checkedAt = heartbeat.at.toISOString();
  const { state, reason } = heartbeat.state.sourceHealth;
  if (state !== "healthy") return { ...basics, state, reason, checkedAt };
  const behind = blocksBehind(heartbeat, storedHeight) ?? 0;
  if (behind <= BEHIND_DEGRADED) return { ...basics, state: "healthy", reason, checkedAt };
  return { ...basics, state: "degraded", reason: behindReason(heartbeat, behind), checkedAt };
}

function behindReason({ state: { backfill } }: Heartbeat, behind: number): string {
  const catchingUp = backfill !== null && backfill.blocksDone < backfill.blocksTotal;
  return `${catchingUp ? "catching up, " : ""}${behind} blocks behind the source`;
}

/** `null` where the source has no tip (a set of blocks) or is not read. */
function blocksBehind(heartbeat: Heartbeat | undefined, storedHeight = -1): number | null {
  const tipHeight = heartbeat?.state.tipHeight ?? null;
  return tipHeight === null ? null : Math.max(0, tipHeight - storedHeight);
}

function presentProcessing({ since, processing, lag }: measures.Processing): MonitoringStatus["processing"] {
  const seconds = Math.max(1, (Date.now() - since.getTime()) / 1_000);
  return {
    since: since.toISOString(),
    ...processing,
    blocksPerSecond: processing.blocks / seconds,
    sourceLag: { ...lag },
  };
}

function presentRetention({ ranAt, nextAt, ...run }: measures.RetentionRun) {
  return { ...run, ranAt: ranAt.toISOString(), nextAt: nextAt?.toISOString() ?? null };
}

function worst(states: readonly State[]): State {
  if (states.includes("down")) return "down";
  return states.includes("degraded") ? "degraded" : "healthy";
}
