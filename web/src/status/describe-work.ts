import type { MonitoringStatus } from "#contract";
import { formatBytes } from "../format/bytes.ts";
import { formatCount, formatDecimals } from "../format/numbers.ts";
import { formatDuration } from "../format/times.ts";
import { milliseconds } from "./describe-performance.ts";

export type WorkFigure = { readonly name: string; readonly value: string; readonly note: string };

const DIRECTORIES = { data: "Data directory", log: "Archived log", backups: "Backups" } as const;

/** How blocks come and are stored, what waits in the queue, what room there is, and what went because it was old. */
export function describeWork({ processing, queue, disk, retention }: MonitoringStatus): readonly WorkFigure[] {
  return [
    ...describeBlocks(processing),
    ...describeQueue(queue),
    ...describeDisks(disk),
    ...describeRetention(retention ?? []),
  ];
}

function describeBlocks(processing: MonitoringStatus["processing"]): readonly WorkFigure[] {
  if (processing === null) return [{ name: "Blocks", value: "–", note: "none was stored in the last 24 h" }];
  const { blocks, blocksPerSecond, p50Ms, p95Ms, sourceLag } = processing;
  return [
    {
      name: "Source to stored, median",
      value: writeMs(sourceLag.p50Ms),
      note: sourceLag.blocks === 0 ? "no block was told of yet" : `95 of 100 within ${writeMs(sourceLag.p95Ms)}`,
    },
    { name: "A block takes, median", value: writeMs(p50Ms), note: `95 of 100 within ${writeMs(p95Ms)}` },
    { name: "Blocks of 24 h", value: formatCount(blocks), note: `${formatRate(blocksPerSecond)} blocks/s` },
  ];
}

function describeQueue(queue: MonitoringStatus["queue"]): readonly WorkFigure[] {
  if (queue === null) return [];
  const { waiting, active, failed, oldestWaitingSeconds: oldest } = queue;
  const age = oldest === null ? "" : `, the oldest for ${formatDuration(Math.round(oldest))}`;
  const note = `${formatCount(active)} at work, ${formatCount(failed)} failed${age}`;
  return [{ name: "Waiting jobs", value: formatCount(waiting), note }];
}

function describeDisks(disk: MonitoringStatus["disk"]): readonly WorkFigure[] {
  return (disk ?? []).map(({ name, usedBytes, freeBytes, totalBytes }) => ({
    name: DIRECTORIES[name],
    value: formatBytes(usedBytes),
    note: `${formatBytes(freeBytes)} free of ${formatBytes(totalBytes)}`,
  }));
}

function describeRetention(runs: NonNullable<MonitoringStatus["retention"]>): readonly WorkFigure[] {
  if (runs.length === 0) return [];
  const failed = runs.filter(({ failure }) => failure !== null).map(({ family }) => family);
  const removed = formatCount(runs.reduce((sum, run) => sum + run.removedTotal, 0));
  const note = failed.length > 0 ? `failed of ${failed.join(", ")}` : `of ${formatCount(runs.length)} kinds`;
  return [{ name: "Removed as too old", value: removed, note }];
}

function writeMs(ms: number | null): string {
  if (ms === null) return "–";
  if (ms >= 10_000) return `${formatCount(ms / 1_000)} s`;
  return milliseconds(ms);
}

function formatRate(rate: number): string {
  return rate < 0.1 ? formatDecimals(rate, 4) : formatDecimals(rate, 1);
}
