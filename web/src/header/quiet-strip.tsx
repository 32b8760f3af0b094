import { useState } from "react";
import type { MonitoringStatus } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { formatExact } from "../format/times.ts";
import { useConnection } from "../live/live-context.ts";
import { useStatus } from "../live/use-status.ts";
import { StateMark } from "../parts/state-mark.tsx";
import styles from "./header.module.css";

type Quiet = MonitoringStatus["quiet"][number];

/** Says of what nothing is published, and why; while history is read the page shows how far that is instead. */
export function QuietStrip() {
  const conditions = useStatus(({ quiet, backfill }) =>
    quiet.filter(({ reason }) => reason !== "source-behind" || backfill?.state !== "running"),
  );
  const live = useConnection().state === "live";
  const [whole, setWhole] = useState(false);
  if (!live || conditions === undefined || conditions.length === 0) return null;
  return (
    <section className={styles.quiet} aria-label="Quiet" data-whole={whole}>
      {/* A line on a phone, until somebody asks for all of it. */}
      {!whole && (
        <button type="button" className={`${styles.link} ${styles.more}`} onClick={() => setWhole(true)}>
          Why
        </button>
      )}
      {conditions.map((quiet) => (
        <p key={quiet.reason}>
          <StateMark tone="warning" /> <strong>Quiet</strong> {sinceOf(quiet)}: {quiet.detail}. {silentOf(quiet)}
        </p>
      ))}
    </section>
  );
}

function sinceOf({ sinceHeight, since }: Quiet): string {
  if (sinceHeight !== null) return `since block ${formatCount(sinceHeight)}`;
  return since === null ? "" : `since ${formatExact(since)}`;
}

function silentOf({ silent, presentUnknown }: Quiet): string {
  if (presentUnknown) return "What is shown may not be the present.";
  return `Nothing is published of: ${silent.join(", ")}.`;
}
