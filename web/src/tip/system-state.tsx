import type { MonitoringStatus } from "#contract";
import { useConnection } from "../live/live-context.ts";
import { useStatus } from "../live/use-status.ts";
import { Panel } from "../parts/panel.tsx";
import { StateMark, type Tone } from "../parts/state-mark.tsx";
import styles from "./tip.module.css";

type Component = MonitoringStatus["components"][number];

const TONES: Readonly<Record<Component["state"], Tone>> = { healthy: "good", degraded: "warning", down: "bad" };
const WORDS: Readonly<Record<Component["state"], string>> = { healthy: "Healthy", degraded: "Degraded", down: "Down" };
const NAMES: Readonly<Record<Component["name"], string>> = {
  database: "Database",
  ingest: "Ingest",
  source: "Source",
  api: "API",
};

export function SystemState() {
  const status = useStatus((newest) => newest);
  const heard = useConnection().state === "live";
  return (
    <Panel
      title="System"
      aside={status === undefined ? undefined : `${status.source ?? "no source"} · ${status.version}`}
    >
      <ul className={styles.components}>
        {status?.components.map((component) => (
          <li key={component.name}>
            <span>{NAMES[component.name]}</span>
            <span className={styles.measured}>{heard && measured(component)}</span>
            <span className={styles.state}>
              <StateMark tone={heard ? TONES[component.state] : "waiting"} />
              {heard ? WORDS[component.state] : "Unknown"}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function measured({ reason, latencyMs }: Component): string {
  if (reason !== null) return reason;
  return latencyMs === null ? "" : `answers in ${latencyMs.toFixed(1)} ms`;
}
