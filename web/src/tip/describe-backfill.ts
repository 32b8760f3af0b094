import type { MonitoringStatus } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { formatDuration } from "../format/times.ts";

type Running = NonNullable<MonitoringStatus["backfill"]>;

type Described = {
  /** Whole percents, rounded down: 100 is the end alone. */
  readonly percent: number;
  readonly blocks: string;
  /** How fast, and for how long still, as far as that is known. */
  readonly pace: string;
};

/** How far the reading of a history is, for a person. */
export function describeBackfill({ blocksDone, blocksTotal, blocksPerSecond, etaSeconds }: Running): Described {
  const percent = blocksTotal === 0 ? 100 : Math.floor((100 * blocksDone) / blocksTotal);
  const blocks = `${formatCount(blocksDone)} of ${formatCount(blocksTotal)} blocks`;
  if (etaSeconds === null || blocksPerSecond === null) return { percent, blocks, pace: "time left is being measured" };
  const left = `${formatDuration(Math.ceil(etaSeconds))} left`;
  return { percent, blocks, pace: `${formatCount(blocksPerSecond)} blocks/s · ${left}` };
}
