import { Progress } from "@mantine/core";
import type { MonitoringStatus } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { formatDuration, formatExact } from "../format/times.ts";
import { useStatus } from "../live/use-status.ts";
import { CopyableHash } from "../parts/copyable-hash.tsx";
import styles from "./tip.module.css";

/** Where the chain stands, and while it is being caught up with, how far that is. */
export function TipStrip() {
  const status = useStatus((newest) => newest);
  if (status === undefined) return <div className={styles.strip} aria-busy="true" />;
  const { tip, counts, backfill, simulated, chainTime } = status;
  const chain = status.sourceKind !== "set";
  return (
    <section className={styles.strip} aria-label={chain ? "Current tip" : "Highest block"}>
      <dl className={styles.figures}>
        <Figure
          name={chain ? "Tip" : "Highest block"}
          value={tip === null ? "none yet" : formatCount(tip.height)}
          strong
        />
        {chain && <Figure name="Age" value={tip === null ? "none" : formatDuration(tip.ageSeconds)} />}
        {chain && chainTime !== null && (
          <Figure name={simulated ? "Simulated time" : "Chain time"} value={formatExact(chainTime)} />
        )}
        <Figure name="Blocks stored" value={counts === null ? "unknown" : formatCount(counts.blocks)} />
        <Figure name="Insights" value={counts === null ? "unknown" : formatCount(counts.insights)} />
        {tip !== null && (
          <div className={styles.figure}>
            <dt>Block hash</dt>
            <dd>
              <CopyableHash what="block hash" value={tip.hash} />
            </dd>
          </div>
        )}
      </dl>
      {backfill?.state === "running" && <Backfill backfill={backfill} />}
    </section>
  );
}

type FigureProps = { readonly name: string; readonly value: string; readonly strong?: boolean };

function Figure({ name, value, strong = false }: FigureProps) {
  return (
    <div className={styles.figure} data-strong={strong}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Backfill({ backfill }: { readonly backfill: NonNullable<MonitoringStatus["backfill"]> }) {
  const { blocksDone, blocksTotal, blocksPerSecond, etaSeconds } = backfill;
  const rate = blocksPerSecond === null ? "" : `, ${formatCount(blocksPerSecond)} blocks/s`;
  const left = etaSeconds === null ? "" : `, ${formatDuration(etaSeconds)} left`;
  return (
    <div className={styles.backfill}>
      <span>
        Reading history: {formatCount(blocksDone)} of {formatCount(blocksTotal)} blocks{rate}
        {left}
      </span>
      <Progress
        value={(100 * blocksDone) / blocksTotal}
        size="sm"
        color="var(--accent-fill)"
        aria-label="Reading history"
      />
    </div>
  );
}
