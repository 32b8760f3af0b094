import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChartTimes } from "../charts/chart-times.tsx";
import { useZoom } from "../charts/use-zoom.ts";
import { ZoomNote } from "../charts/zoom-hint.tsx";
import { formatPercent } from "../format/numbers.ts";
import { type RangeSearch, rangeOf, readRangeSearch } from "../metrics/range.ts";
import { RangeControl } from "../metrics/range-control.tsx";
import { SeriesChart } from "../metrics/series-chart.tsx";
import { Fact, Facts } from "../parts/facts.tsx";
import { Failed } from "../parts/failed.tsx";
import { Loading } from "../parts/loading.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { metrics } from "../server/chain-queries.ts";
import { MetricList } from "./metric-list.tsx";
import styles from "./series.module.css";

const route = getRouteApi("/series/$name");

/** One metric: its chart, what it is, and the way to all others. */
export function SeriesPage() {
  const { name } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(metrics);
  const metric = data?.metrics.find((one) => one.name === name);
  const change = (next: RangeSearch): void =>
    void navigate({ search: readRangeSearch(next), replace: true, resetScroll: false });
  const zoom = useZoom(search, (next) => {
    const { zoom: _zoom, ...rest } = search;
    change({ ...rest, ...next });
  });
  if (data === undefined)
    return error === null ? (
      <Loading what="the metric" />
    ) : (
      <Failed what="The metrics cannot be read now" error={error} onRetry={() => void refetch()} />
    );
  if (metric === undefined)
    return (
      <>
        <PageTitle title="No such metric">There is no metric {name}. These there are:</PageTitle>
        <MetricList metrics={data.metrics} />
      </>
    );
  const { title, meaning, usual, unit, source, needs, coverage } = metric;
  return (
    <>
      <PageTitle title={title} aside={<RangeControl search={search} onChange={change} />}>
        {meaning}
      </PageTitle>
      <ChartTimes {...zoom}>
        <SeriesChart
          title={title}
          range={rangeOf(search)}
          height={400}
          lines={[{ metric: name, name: title, hue: hueOf(name), shape: usual === "sum" ? "bars" : "line" }]}
        />
      </ChartTimes>
      <ZoomNote />
      <div className={styles.facts}>
        <Facts>
          <Fact name="Name">{name}</Fact>
          <Fact name="Unit">{unit}</Fact>
          <Fact name="Definition by">{source.replaceAll("`", "")}</Fact>
          <Fact name="Needs">{needs ?? "the block alone"}</Fact>
          <Fact name="Known of">
            {coverage === null ? "no block yet" : `${formatPercent(100 * coverage)} of the last 30 days`}
          </Fact>
          <Fact name="As JSON">
            <a href={`/api/v1/series/${name}`}>/api/v1/series/{name}</a>
          </Fact>
        </Facts>
      </div>
      <MetricList metrics={data.metrics} current={name} />
      <p className={styles.back}>
        <Link to="/dashboard" search={{ tab: "metrics" }}>
          All charts
        </Link>
      </p>
    </>
  );
}

/** By the category that a number belongs to. */
function hueOf(name: string): string {
  if (/fee/.test(name)) return "mempool";
  if (/^exchange|label/.test(name)) return "exchange";
  if (/hash_rate|difficulty|subsidy|unclaimed/.test(name)) return "miner";
  return /transfers|coin|age|dormancy|lifespan|revived/.test(name) ? "whale" : "network";
}
