import { useQuery } from "@tanstack/react-query";
import { formatPercent } from "../format/numbers.ts";
import { useStatus } from "../live/use-status.ts";
import { Failed } from "../parts/failed.tsx";
import { Panel } from "../parts/panel.tsx";
import { Locked } from "../parts/locked.tsx";
import { systemMetrics } from "../server/queries.ts";
import { useMay } from "../server/use-session.ts";
import { describePerformance } from "./describe-performance.ts";
import { Sparkline } from "./sparkline.tsx";
import styles from "./status.module.css";

/** The program's own measurements: the newest of each, and how it went over the last day. */
export function Performance() {
  return useMay("monitor") === false ? (
    <Panel title="Performance">
      <Locked className={styles.empty} />
    </Panel>
  ) : (
    <Measures />
  );
}

function Measures() {
  const { data, error, refetch } = useQuery(systemMetrics);
  const hitRate = useStatus(({ cache }) => cache?.hitRate ?? null);
  if (data === undefined || data.points.length === 0) {
    return (
      <Panel title="Performance">
        {error === null ? (
          <p className={styles.empty}>The first measurements come within ten seconds.</p>
        ) : (
          <Failed what="This cannot be read now" error={error} onRetry={() => void refetch()} />
        )}
      </Panel>
    );
  }
  return (
    <Panel title="Performance" aside="measured each ten seconds, the last 24 h">
      <dl className={styles.measures}>
        {describePerformance(data.points).map(({ name, value, values }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={styles.figure}>{value}</dd>
            <dd>
              <Sparkline values={values} />
            </dd>
          </div>
        ))}
        {typeof hitRate === "number" && (
          <div>
            <dt>Answers from memory</dt>
            <dd className={styles.figure}>{formatPercent(100 * hitRate)}</dd>
            <dd className={styles.since}>of the questions since this process began</dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}
