import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ChartTimes } from "../charts/chart-times.tsx";
import { useZoom } from "../charts/use-zoom.ts";
import { ZoomNote } from "../charts/zoom-hint.tsx";
import { formatCount, formatTransactions } from "../format/numbers.ts";
import { formatExact } from "../format/times.ts";
import { useStatus } from "../live/use-status.ts";
import { MempoolBandsChart } from "../metrics/mempool-bands-chart.tsx";
import { Failed } from "../parts/failed.tsx";
import { Loading } from "../parts/loading.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { mempool, recommendedFees } from "../server/chain-queries.ts";
import { isMissing } from "../server/fetch-json.ts";
import { FeeFan } from "./fee-fan.tsx";
import { FeeTargets } from "./fee-targets.tsx";
import { Histogram } from "./histogram.tsx";
import styles from "./mempool.module.css";
import { ProjectedBlocks } from "./projected-blocks.tsx";

const route = getRouteApi("/mempool");

/** What waits to be mined, and the blocks that could be made of it. */
export function MempoolPage() {
  const { data, error, refetch } = useQuery(mempool);
  // Above what waits: without them it would be moved down a moment later.
  const feesCome = useQuery(recommendedFees).isLoading;
  const reading = useStatus(({ backfill }) => backfill?.state === "running");
  const navigate = route.useNavigate();
  const zoom = useZoom(route.useSearch(), (search) => void navigate({ search, replace: true, resetScroll: false }));
  return (
    <>
      <PageTitle title="Mempool">
        {data === undefined
          ? "What waits to be mined, and the blocks that could be made of it."
          : `${formatTransactions(data.count)} ${data.count === 1 ? "waits" : "wait"}, ${formatCount(data.weight / 1_000)} kWU, as seen ${formatExact(data.time)}.`}
      </PageTitle>
      {data === undefined && error !== null && isMissing(error) && (
        <p className={styles.note}>
          {reading === true
            ? "It is watched once the history of blocks is read; how far that is stands on the dashboard."
            : "The source tells of no mempool, or nothing came yet. What waits is shown here as soon as it does."}
        </p>
      )}
      {data === undefined && error !== null && !isMissing(error) && (
        <Failed what="The mempool cannot be read now" error={error} onRetry={() => void refetch()} />
      )}
      {(data === undefined ? error === null : feesCome) && <Loading what="the mempool" />}
      {data !== undefined && !feesCome && (
        <div className={styles.parts}>
          <FeeTargets />
          <FeeFan />
          <ProjectedBlocks blocks={data.projectedBlocks} />
          <div className={styles.columns}>
            <div>
              <ChartTimes {...zoom}>
                <MempoolBandsChart days={1} height={300} />
              </ChartTimes>
              <ZoomNote />
            </div>
            <Histogram bands={data.histogram} />
          </div>
        </div>
      )}
    </>
  );
}
