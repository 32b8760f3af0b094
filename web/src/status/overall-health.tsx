import type { MonitoringStatus } from "#contract";
import { useConnection } from "../live/live-context.ts";
import { useStatus } from "../live/use-status.ts";
import { StateMark } from "../parts/state-mark.tsx";
import { NAMES, TONES } from "./component-states.ts";
import styles from "./status.module.css";

const SENTENCES = {
  healthy: "All parts work",
  degraded: "Something works worse than it should",
  down: "Something does not work",
} as const;

/** One word for everything, and each reason why it is not a better one. */
export function OverallHealth() {
  const status = useStatus((newest) => newest);
  const connection = useConnection();
  const live = connection.state === "live";
  const state = live ? status?.state : undefined;
  const reasons = live && status !== undefined ? reasonsOf(status) : [];
  return (
    <header className={styles.health} data-state={state ?? "unknown"}>
      <h1 className={styles.title}>System status</h1>
      <p className={styles.verdict} role="status">
        <StateMark tone={state === undefined ? "waiting" : TONES[state]} />
        {state === undefined ? "Unknown: the page has lost the server" : SENTENCES[state]}
      </p>
      {reasons.length > 0 && (
        <ul className={styles.reasons}>
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </header>
  );
}

function reasonsOf({ components, quiet }: MonitoringStatus): readonly string[] {
  const troubled = components.filter(({ state }) => state !== "healthy");
  return [
    ...troubled.map(({ name, reason }) => `${NAMES[name]}: ${reason ?? "no reason is known"}`),
    ...quiet.map(({ detail }) => `Some things are not told: ${detail}`),
  ];
}
