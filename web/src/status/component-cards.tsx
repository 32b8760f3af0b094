import type { MonitoringStatus } from "#contract";
import { formatAgo, secondsBetween } from "../format/times.ts";
import { useConnection } from "../live/live-context.ts";
import { useStatus } from "../live/use-status.ts";
import { StateMark } from "../parts/state-mark.tsx";
import { type Component, measureOf, NAMES, TONES, WAY, WORDS } from "./component-states.ts";
import styles from "./status.module.css";

/** The parts that no block goes through, each with its state, one measured figure and how old that is. */
export function ComponentCards() {
  const status = useStatus((newest) => newest);
  return (
    <ul className={styles.cards} aria-label="Other parts of the program">
      {status?.components
        .filter(({ name }) => !WAY.includes(name))
        .map((component) => (
          <Card key={component.name} component={component} status={status} />
        ))}
    </ul>
  );
}

function Card({ component, status }: { readonly component: Component; readonly status: MonitoringStatus }) {
  const live = useConnection().state === "live";
  const { figure, meaning } = measureOf(component, status);
  const age = secondsBetween(component.checkedAt, status.now);
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        <h2>{NAMES[component.name]}</h2>
        <span className={styles.state}>
          <StateMark tone={live ? TONES[component.state] : "waiting"} />
          {live ? WORDS[component.state] : "Unknown"}
        </span>
      </div>
      <p className={styles.figure}>
        {figure} <span>{meaning}</span>
      </p>
      <p className={styles.note}>
        {component.reason === null ? "" : `${component.reason}; `}
        {live ? `measured ${formatAgo(age)}` : "when last heard"}
      </p>
    </li>
  );
}
