import { Progress } from "@mantine/core";
import type { MonitoringStatus } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { formatDuration } from "../format/times.ts";
import styles from "./tip.module.css";

type Props = { readonly backfill: NonNullable<MonitoringStatus["backfill"]> };

export function Backfill({ backfill }: Props) {
  const { blocksDone, blocksTotal, blocksPerSecond, etaSeconds } = backfill;
  return (
    <div className={styles.backfill}>
      <span>
        Reading history: <strong>{formatCount(blocksDone)}</strong> of {formatCount(blocksTotal)} blocks
      </span>
      <span>
        {blocksPerSecond !== null && `${formatCount(blocksPerSecond)} blocks/s`}
        {etaSeconds !== null && ` · ${formatDuration(etaSeconds)} left`}
      </span>
      <Progress
        className={styles.progress ?? ""}
        value={(100 * blocksDone) / blocksTotal}
        size={4}
        color="var(--accent-fill)"
        aria-label="Reading history"
      />
    </div>
  );
}
