import { useQuery } from "@tanstack/react-query";
import { formatCount } from "../format/numbers.ts";
import { useStatus } from "../live/use-status.ts";
import { Panel } from "../parts/panel.tsx";
import { insightCounts, signalCounts } from "../server/queries.ts";
import { useMay } from "../server/use-session.ts";
import { describeWork } from "./describe-work.ts";
import styles from "./status.module.css";

/** How blocks come in, what waits to be done, and what room there is for it. */
export function Work() {
  const status = useStatus((newest) => newest);
  if (status === undefined) return null;
  return (
    <Panel title="Blocks, queue and disk" aside="blocks of the last 24 h">
      <dl className={styles.measures}>
        <Found />
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

/** What came of the blocks of a day of the chain. */
function Found() {
  const enabled = useMay("monitor") === true;
  const signals = useQuery({ ...signalCounts(1), enabled });
  const insights = useQuery({ ...insightCounts(1), enabled });
  if (!enabled) return null;
  const sumOf = (points: readonly { readonly count: number }[] | undefined): string =>
    points === undefined ? "–" : formatCount(points.reduce((sum, { count }) => sum + count, 0));
  return (
    <>
      <div>
        <dt>Signals</dt>
        <dd className={styles.figure}>{sumOf(signals.data?.points)}</dd>
        <dd className={styles.note}>in a day of the chain</dd>
      </div>
      <div>
        <dt>Insights</dt>
        <dd className={styles.figure}>{sumOf(insights.data?.points)}</dd>
        <dd className={styles.note}>in a day of the chain</dd>
      </div>
    </>
  );
}
