import { useQuery } from "@tanstack/react-query";
import { formatCount } from "../format/numbers.ts";
import { useStatus } from "../live/use-status.ts";
import { Panel } from "../parts/panel.tsx";
import { insightCounts, signalCounts } from "../server/queries.ts";
import { useMay } from "../server/use-session.ts";
import { describeWork, type WorkFigure } from "./describe-work.ts";
import styles from "./status.module.css";

/** How blocks come in, what waits to be done, and what room there is for it. */
export function Work() {
  const status = useStatus((newest) => newest);
  if (status === undefined) return null;
  return (
    <Panel title="Blocks, queue and disk" aside="blocks of the last 24 h">
      <dl className={styles.measures}>
        <Found />
        {describeWork(status).map((one) => (
          <Figure key={one.name} {...one} />
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
      <Figure name="Signals" value={sumOf(signals.data?.points)} note="in a day of the chain" />
      <Figure name="Insights" value={sumOf(insights.data?.points)} note="in a day of the chain" />
    </>
  );
}

function Figure({ name, value, note }: WorkFigure) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={styles.figure}>{value}</dd>
      <dd className={styles.note}>{note}</dd>
    </div>
  );
}
