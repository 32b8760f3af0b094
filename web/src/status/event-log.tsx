import { useQuery } from "@tanstack/react-query";
import { formatCount } from "../format/numbers.ts";
import { formatExact } from "../format/times.ts";
import { useRecentBlocks } from "../live/live-context.ts";
import { useStatus } from "../live/use-status.ts";
import { Panel } from "../parts/panel.tsx";
import { backfills } from "../server/queries.ts";
import { listHappenings } from "./list-happenings.ts";
import styles from "./status.module.css";
import { useStateChanges } from "./use-state-changes.ts";

const SHOWN = 30;

/** What happened of late: blocks, changes of state since the page was opened, and older blocks that were asked for. */
export function EventLog() {
  const blocks = useRecentBlocks();
  const { data } = useQuery(backfills);
  const simulated = useStatus(({ simulated: is }) => is);
  const changes = useStateChanges();
  const happenings = listHappenings({ blocks, jobs: data?.jobs ?? [], changes }).slice(0, SHOWN);
  return (
    <Panel title="Event log" aside={simulated === true ? "blocks are made in simulated time" : undefined}>
      {happenings.length === 0 && <p className={styles.empty}>What happens from now on is listed here.</p>}
      <ol className={styles.log} tabIndex={0} aria-label="Event log">
        {happenings.map(({ key, time, text }) => (
          <li key={key}>
            <time dateTime={time}>{formatExact(time)}</time>
            <span>{text.replace(/\d{4,}/, (height) => formatCount(Number(height)))}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
