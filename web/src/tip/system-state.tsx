import type { MonitoringStatus } from "#contract";
import { formatBytes } from "../format/bytes.ts";
import { formatCount, formatDecimals } from "../format/numbers.ts";
import { useConnection } from "../live/live-context.ts";
import { useStatus } from "../live/use-status.ts";
import { Panel } from "../parts/panel.tsx";
import { StateMark } from "../parts/state-mark.tsx";
import { type Component, NAMES, TONES, WORDS } from "../status/component-states.ts";
import styles from "./tip.module.css";

export function SystemState() {
  const status = useStatus((newest) => newest);
  const live = useConnection().state === "live";
  const aside = status === undefined ? undefined : `${status.network} · version ${status.version}`;
  return (
    <Panel title="System" aside={aside}>
      <ul className={styles.components}>
        {status?.components.map((component) => (
          <li key={component.name}>
            <span>{NAMES[component.name]}</span>
            <span className={styles.measured}>{live && (component.reason ?? measure(component, status))}</span>
            <span className={styles.state}>
              <StateMark tone={live ? TONES[component.state] : "waiting"} />
              {live ? WORDS[component.state] : "Unknown"}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The one figure that says most about a component that is well. */
function measure(
  { name, latencyMs }: Component,
  { source, counts, blocksBehind, streamClients, queue, disk }: MonitoringStatus,
): string {
  switch (name) {
    case "database":
      return latencyMs === null ? "" : `answers in ${formatDecimals(latencyMs, 1)} ms`;
    case "ingest":
      return counts === null ? "" : `${formatCount(counts.blocks)} blocks stored`;
    case "source":
      return `${source ?? "none"}${blocksBehind === null || blocksBehind === 0 ? "" : `, ${formatCount(blocksBehind)} blocks behind`}`;
    case "api":
      return `${formatCount(streamClients)} open ${streamClients === 1 ? "stream" : "streams"}`;
    case "queue":
      return `${formatCount(queue?.waiting ?? 0)} ${queue?.waiting === 1 ? "job waits" : "jobs wait"}`;
    case "disk":
      return (disk ?? []).map(({ freeBytes }) => `${formatBytes(freeBytes)} free`)[0] ?? "";
    case "backup":
      return "as planned";
  }
}
