import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { formatCount } from "../format/numbers.ts";
import { CopyableHash } from "../parts/copyable-hash.tsx";
import { Failed } from "../parts/failed.tsx";
import { Loading } from "../parts/loading.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { ForecastsPanel } from "../predictions/forecasts-panel.tsx";
import { scorecard } from "../server/queries.ts";
import { ClaimsTable } from "./claims-table.tsx";
import { IntervalsTable } from "./intervals-table.tsx";
import { Outcomes } from "./outcomes.tsx";
import { Reliability } from "./reliability.tsx";
import styles from "./scorecard.module.css";

const route = getRouteApi("/scorecard");

/** What was said about blocks to come, and what came of it. */
export function ScorecardPage() {
  const { kind = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(scorecard);
  const kinds = data?.kinds ?? [];
  return (
    <>
      <PageTitle title="Scorecard" aside={data?.head && <Head head={data.head} />}>
        What is said about blocks to come is entered here before they come, and scored when they have: hits and misses
        alike.
      </PageTitle>
      {error !== null && (
        <Failed what="The scorecard cannot be read now" error={error} onRetry={() => void refetch()} />
      )}
      {data === undefined && error === null && <Loading what="the scorecard" />}
      {data !== undefined && (
        <div className={styles.parts}>
          <ClaimsTable kinds={kinds.filter(({ claims }) => claims !== null)} />
          <Reliability kinds={kinds} />
          <IntervalsTable kinds={kinds.filter(({ intervals }) => intervals.length > 0)} />
          <div className={styles.columns}>
            <Outcomes
              kinds={[...new Set(kinds.map((one) => one.kind))]}
              kind={kind}
              onKind={(next) =>
                void navigate({ search: next === "" ? {} : { kind: next }, replace: true, resetScroll: false })
              }
            />
            <ForecastsPanel />
          </div>
        </div>
      )}
    </>
  );
}

/** Whoever notes it can tell later whether the chain of entries still holds it. */
function Head({ head }: { readonly head: { readonly seq: number; readonly hash: string } }) {
  return (
    <p className={styles.head}>
      Entry {formatCount(head.seq)} <CopyableHash what="hash of the newest entry" value={head.hash} />
    </p>
  );
}
