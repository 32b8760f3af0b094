import type { MonitoringStatus } from "#contract";
import { formatCount, formatFeeRate, formatTransactions } from "../format/numbers.ts";
import { formatDuration, formatMinute } from "../format/times.ts";
import { useConnection, useRecentBlocks } from "../live/live-context.ts";
import { useStatus } from "../live/use-status.ts";
import { CitedBlockHash } from "../parts/cited.tsx";
import { Backfill } from "./backfill.tsx";
import { Figure, FigureLoading } from "./figure.tsx";
import styles from "./tip.module.css";

const LOADING = ["Tip", "Age", "Next block", "Median fee rate", "Blocks stored", "Insights"] as const;
const SPARE: readonly string[] = ["Age", "Blocks stored", "Insights"];

/** The server answers, its database does not. */
const UNREAD = "cannot be read now";

/** Where the chain stands, and while it is being caught up with, how far that is. */
export function TipStrip() {
  const status = useStatus((newest) => newest);
  const ofSet = status?.sourceKind === "set";
  return (
    <section
      className={styles.strip}
      aria-label={ofSet ? "Highest block" : "Current tip"}
      aria-busy={status === undefined}
    >
      <dl className={styles.figures} data-count={ofSet ? 3 : 6}>
        {status === undefined ? (
          LOADING.map((name) => <FigureLoading key={name} name={name} spare={SPARE.includes(name)} />)
        ) : (
          <>
            <HighestBlock status={status} ofSet={ofSet} />
            {!ofSet && <TipFigures status={status} />}
            <StoredFigures status={status} />
          </>
        )}
      </dl>
      {status?.backfill?.state === "running" && <Backfill backfill={status.backfill} />}
    </section>
  );
}

type HighestProps = { readonly status: MonitoringStatus; readonly ofSet: boolean };

/** Blocks of a set need not be connected: the highest of them is no tip. */
function HighestBlock({ status: { tip, counts }, ofSet }: HighestProps) {
  const live = useConnection().state === "live";
  return (
    <Figure
      name={ofSet ? "Highest block" : "Tip"}
      value={tip === null ? undefined : formatCount(tip.height)}
      edge={live && !ofSet}
    >
      {tip !== null && (
        <span className={styles.spare}>
          <CitedBlockHash hash={tip.hash} />
        </span>
      )}
      {tip !== null && !ofSet && <span className={styles.brief}>{formatDuration(tip.ageSeconds)} ago</span>}
      {tip === null && (counts === null ? UNREAD : "no block yet")}
    </Figure>
  );
}

/** What is known of the tip; its pool and fees come with the event of its block. */
function TipFigures({ status: { tip, simulated, mempool } }: { readonly status: MonitoringStatus }) {
  const { state } = useConnection();
  const block = useRecentBlocks().find(({ hash }) => hash === tip?.hash);
  const found = tip === null ? "no block yet" : `found ${formatMinute(tip.time)} UTC`;
  const later = "told with the next block";
  return (
    <>
      <Figure
        spare
        name={simulated ? "Age, in simulated time" : "Age"}
        value={tip === null ? undefined : formatDuration(tip.ageSeconds)}
      >
        {state === "live" || state === "connecting" ? found : "when last heard"}
      </Figure>
      {mempool === null ? (
        <Figure name="Mined by" value={block === undefined ? undefined : (block.pool ?? "Unknown")}>
          {block === undefined ? later : formatTransactions(block.txs)}
        </Figure>
      ) : (
        <NextBlock mempool={mempool} />
      )}
      <Figure
        name="Median fee rate"
        value={typeof block?.medianFeeRate === "number" ? formatFeeRate(block.medianFeeRate) : undefined}
      >
        {block === undefined ? later : "sat/vB"}
        {block !== undefined && <span className={styles.spare}>, by weight</span>}
      </Figure>
    </>
  );
}

/** What it would take now; where no mempool is seen, nothing is said of it. */
function NextBlock({ mempool }: { readonly mempool: NonNullable<MonitoringStatus["mempool"]> }) {
  const { nextBlockFeeRate, count } = mempool;
  return (
    <Figure
      name={
        <>
          Next block<span className={styles.spare}>, median</span>
        </>
      }
      value={nextBlockFeeRate === null ? undefined : formatFeeRate(nextBlockFeeRate)}
    >
      {count === 0 ? "nothing waits" : "sat/vB"}
      {count > 0 && <span className={styles.spare}>, {formatCount(count)} wait</span>}
      {count > 0 && <span className={styles.brief}> median</span>}
    </Figure>
  );
}

function StoredFigures({ status: { counts, blocksBehind, sourceKind } }: { readonly status: MonitoringStatus }) {
  const count = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : formatCount(value);
  const ofSet = sourceKind === "set";
  const notFollowed = ofSet ? "a set, not a chain" : "no source is followed";
  return (
    <>
      <Figure spare={!ofSet} name="Blocks stored" value={count(counts?.blocks)}>
        {counts === null && UNREAD}
        {counts !== null && (blocksBehind === null ? notFollowed : `${formatCount(blocksBehind)} behind the source`)}
      </Figure>
      <Figure spare={!ofSet} name="Insights" value={count(counts?.insights)}>
        {counts === null ? UNREAD : `from ${formatCount(counts.signals)} signals`}
      </Figure>
    </>
  );
}
