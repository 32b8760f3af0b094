import type { MonitoringStatus } from "#contract";
import { formatCount, formatDecimals } from "../format/numbers.ts";
import { formatBytes } from "../format/bytes.ts";
import type { Tone } from "../parts/state-mark.tsx";

export type Component = MonitoringStatus["components"][number];
export type State = Component["state"];

export const TONES: Readonly<Record<State, Tone>> = { healthy: "good", degraded: "warning", down: "bad" };
export const WORDS: Readonly<Record<State, string>> = { healthy: "Healthy", degraded: "Degraded", down: "Down" };

/** The way of a block: each part needs the one before it. */
export const WAY: readonly Component["name"][] = ["source", "ingest", "database", "api"];

export const NAMES: Readonly<Record<Component["name"], string>> = {
  source: "Source",
  ingest: "Ingest",
  database: "Database",
  api: "API",
  queue: "Queue",
  disk: "Disk",
  backup: "Backups",
};

/** The one figure that says most about a component. */
export function measureOf(
  { name, latencyMs, state }: Component,
  { counts, blocksBehind, streamClients, tip, queue, disk }: MonitoringStatus,
): { readonly figure: string; readonly meaning: string } {
  switch (name) {
    case "database":
      return { figure: latencyMs === null ? "–" : `${formatDecimals(latencyMs, 1)} ms`, meaning: "for an answer" };
    case "ingest":
      return { figure: counts === null ? "–" : formatCount(counts.blocks), meaning: "blocks stored" };
    case "source":
      return blocksBehind === null
        ? { figure: tip === null ? "–" : formatCount(tip.height), meaning: "highest block" }
        : { figure: formatCount(blocksBehind), meaning: blocksBehind === 1 ? "block behind it" : "blocks behind it" };
    case "api":
      return { figure: formatCount(streamClients), meaning: streamClients === 1 ? "open stream" : "open streams" };
    case "queue":
      return { figure: formatCount(queue?.waiting ?? 0), meaning: queue?.waiting === 1 ? "job waits" : "jobs wait" };
    case "disk": {
      const free = (disk ?? []).map(({ freeBytes }) => freeBytes);
      return { figure: free.length === 0 ? "–" : formatBytes(Math.min(...free)), meaning: "free" };
    }
    case "backup":
      return { figure: state === "healthy" ? "as planned" : "behind", meaning: "each restored beside" };
  }
}
