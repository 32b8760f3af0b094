import { useQuery } from "@tanstack/react-query";
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
  const { data, isError } = useQuery(systemMetrics);
  if (data === undefined || data.points.length === 0) {
    const words = isError ? "This cannot be read now." : "The first measurements come within ten seconds.";
    return (
      <Panel title="Performance">
        <p className={styles.empty}>{words}</p>
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
      </dl>
    </Panel>
  );
}
