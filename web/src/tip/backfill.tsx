import { Progress } from "@mantine/core";
import type { MonitoringStatus } from "#contract";
import { describeBackfill } from "./describe-backfill.ts";
import styles from "./tip.module.css";

type Props = { readonly backfill: NonNullable<MonitoringStatus["backfill"]> };

export function Backfill({ backfill }: Props) {
  const { percent, blocks, pace } = describeBackfill(backfill);
  return (
    <div className={styles.backfill}>
      <span>
        Reading history, oldest block first: <strong>{percent} %</strong> · {blocks}
      </span>
      <span>{pace}</span>
      <Progress
        className={styles.progress ?? ""}
        value={percent}
        size={4}
        color="var(--accent-fill)"
        aria-label="Reading history"
      />
      <span>What is shown is of the past until then, and fills by itself; after that the tip is followed.</span>
    </div>
  );
}
