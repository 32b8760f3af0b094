import { useQuery } from "@tanstack/react-query";
import { formatExact } from "../format/times.ts";
import { useEventLog } from "../live/live-context.ts";
import { Panel } from "../parts/panel.tsx";
import { backfills } from "../server/queries.ts";
import { listHappenings } from "./list-happenings.ts";
import styles from "./status.module.css";
import { useStateChanges } from "./use-state-changes.ts";

const SHOWN = 30;

/** What happened of late: blocks that came and left, insights, changes of state, and older blocks that were asked for. */
export function EventLog() {
  const events = useEventLog();
  const { data } = useQuery(backfills);
  const changes = useStateChanges();
  const happenings = listHappenings({ events, jobs: data?.jobs ?? [], changes }).slice(0, SHOWN);
  return (
    <Panel title="Event log" aside="by the clock of the server">
      {happenings.length === 0 && <p className={styles.empty}>What happens from now on is listed here.</p>}
      <ol className={styles.log} tabIndex={0} aria-label="Event log">
        {happenings.map(({ key, time, text }) => (
          <li key={key}>
            <time dateTime={time}>{formatExact(time)}</time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
