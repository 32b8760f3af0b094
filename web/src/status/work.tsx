import { useStatus } from "../live/use-status.ts";
import { Panel } from "../parts/panel.tsx";
import { describeWork } from "./describe-work.ts";
import styles from "./status.module.css";

/** How blocks come in, what waits to be done, and what room there is for it. */
export function Work() {
  const status = useStatus((newest) => newest);
  if (status === undefined) return null;
  return (
    <Panel title="Blocks, queue and disk" aside="blocks of the last 24 h">
      <dl className={styles.measures}>
        {describeWork(status).map(({ name, value, note }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={styles.figure}>{value}</dd>
            <dd className={styles.note}>{note}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
