import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatCount } from "../format/numbers.ts";
import { Failed } from "../parts/failed.tsx";
import { Panel } from "../parts/panel.tsx";
import { backfills } from "../server/queries.ts";
import { JobRow } from "./job-row.tsx";
import { StartBackfill } from "./start-backfill.tsx";
import styles from "./status.module.css";
import { useMay } from "../server/use-session.ts";
import { Locked } from "../parts/locked.tsx";

/** Older blocks that are read, or were: how far that is, and for the operator what is to become of it. */
export function Backfills() {
  return useMay("monitor") === false ? (
    <Panel title="Older blocks">
      <Locked className={styles.empty} />
    </Panel>
  ) : (
    <Jobs />
  );
}

function Jobs() {
  const { data, error, refetch } = useQuery(backfills);
  const mayStart = useMay("operate") === true;
  const [starting, setStarting] = useState(false);
  const stored = data?.stored;
  const aside =
    stored === undefined || stored === null
      ? undefined
      : `blocks ${formatCount(stored.first)} to ${formatCount(stored.last)} are stored`;
  return (
    <Panel title="Older blocks" aside={aside}>
      {data === undefined && error === null && <p className={styles.empty}>Reading what was asked for…</p>}
      {data === undefined && error !== null && (
        <Failed what="This cannot be read now" error={error} onRetry={() => void refetch()} />
      )}
      {data?.jobs.length === 0 && <p className={styles.empty}>No older blocks were asked for yet.</p>}
      <ul className={styles.jobs} aria-label="Backfills">
        {data?.jobs.slice(0, 10).map((job) => (
          <JobRow key={job.id} job={job} mayChange={mayStart} />
        ))}
      </ul>
      <div className={styles.foot}>
        {mayStart ? (
          <Button size="sm" variant="default" className={styles.action ?? ""} onClick={() => setStarting(true)}>
            Read older blocks…
          </Button>
        ) : (
          <p>
            Only administrators and the operator start and stop this: <code>npm run -s utxoiq -- operator</code> prints
            a link.
          </p>
        )}
      </div>
      <StartBackfill open={starting} onClose={() => setStarting(false)} stored={stored ?? null} />
    </Panel>
  );
}
