import { Button, Progress } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { BackfillChange, BackfillJob } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { StateMark } from "../parts/state-mark.tsx";
import { backfills } from "../server/queries.ts";
import { sendJson } from "../server/send-json.ts";
import {
  CHANGE_WORDS,
  describeProgress,
  describeTrouble,
  JOB_CHANGES,
  JOB_TONES,
  JOB_WORDS,
  percentOf,
} from "./describe-job.ts";
import styles from "./status.module.css";

type Props = { readonly job: BackfillJob; readonly mayChange: boolean };

export function JobRow({ job, mayChange }: Props) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (what: BackfillChange) => sendJson<BackfillJob>(`/api/v1/monitoring/backfill/${job.id}/${what}`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: backfills.queryKey }),
  });
  const heights = `Blocks ${formatCount(job.fromHeight)} to ${formatCount(job.toHeight)}`;
  const trouble = describeTrouble(job);
  const running = job.status === "running" || job.status === "paused" || job.status === "queued";
  return (
    <li className={styles.job}>
      <div className={styles.jobHead}>
        <strong>
          {heights}
          {job.only === null ? "" : `, only ${job.only}`}
        </strong>
        <span className={styles.state}>
          <StateMark tone={JOB_TONES[job.status]} />
          {JOB_WORDS[job.status]}
        </span>
      </div>
      {running && (
        <Progress
          value={percentOf(job)}
          size={6}
          color={job.status === "paused" ? "var(--muted)" : "var(--accent-fill)"}
          aria-label={`${heights}, ${percentOf(job)} %`}
        />
      )}
      <p className={styles.note}>
        {running && `${percentOf(job)} % · `}
        {describeProgress(job)}
        {` · asked for by ${job.askedBy}`}
      </p>
      {trouble !== undefined && <p className={styles.trouble}>{trouble}</p>}
      {change.error !== null && (
        <p className={styles.trouble} role="alert">
          {change.error.message}
        </p>
      )}
      {mayChange && JOB_CHANGES[job.status].length > 0 && (
        <div className={styles.actions}>
          {JOB_CHANGES[job.status].map((what) => (
            <Button
              key={what}
              size="xs"
              variant="default"
              className={styles.action ?? ""}
              loading={change.isPending && change.variables === what}
              onClick={() => change.mutate(what)}
              aria-label={`${CHANGE_WORDS[what]}: ${heights}`}
            >
              {CHANGE_WORDS[what]}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}
