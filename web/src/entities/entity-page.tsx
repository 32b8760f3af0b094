import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { EntitySeries } from "#contract";
import { ChartTimes } from "../charts/chart-times.tsx";
import { useZoom } from "../charts/use-zoom.ts";
import { ZoomNote } from "../charts/zoom-hint.tsx";
import { Chart } from "../charts/chart.tsx";
import type { ChartModel } from "../charts/chart-model.ts";
import { formatBtcBriefly, formatCount } from "../format/numbers.ts";
import { formatDay } from "../format/times.ts";
import { type RangeSearch, rangeOf, readRangeSearch } from "../metrics/range.ts";
import { RangeControl } from "../metrics/range-control.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { entityFlows } from "../server/chain-queries.ts";
import styles from "./entities.module.css";
import { EntityRecord } from "./entity-record.tsx";

const route = getRouteApi("/entities/$actor");

/** One entity: what it received and spent, day by day. */
export function EntityPage() {
  const { actor } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(entityFlows(actor, rangeOf(search).days));
  const model = useMemo(() => data && modelOf(data), [data]);
  const change = (next: RangeSearch): void =>
    void navigate({ search: readRangeSearch(next), replace: true, resetScroll: false });
  const zoom = useZoom(search, (next) => {
    const { zoom: _zoom, ...rest } = search;
    change({ ...rest, ...next });
  });
  const kinds = data?.kinds.map(({ kind, labels }) => `${kind}, ${formatCount(labels)} labels`).join("; ");
  return (
    <>
      <PageTitle title={data?.actor ?? actor} aside={<RangeControl search={search} steps={false} onChange={change} />}>
        {kinds}
      </PageTitle>
      {data !== undefined && <Totals points={data.points} from={data.from} />}
      <ChartTimes {...zoom}>
        <Chart
          title="Flows by days"
          definition="What transactions brought it and took from it, each netted, by UTC days; blocks in which it took no part add nothing."
          model={model}
          failure={error?.message}
          onRetry={() => void refetch()}
          note="by the newest labels"
          height={360}
        />
      </ChartTimes>
      <ZoomNote />
      {data !== undefined && <EntityRecord actor={data.actor} />}
      <p className={styles.back}>
        <Link to="/entities">All entities</Link>
      </p>
    </>
  );
}

function Totals({ points, from }: Pick<EntitySeries, "points" | "from">) {
  const sum = (value: (point: EntitySeries["points"][number]) => number): number =>
    points.reduce((total, point) => total + value(point), 0);
  const [inflow, outflow] = [sum((point) => point.inflow), sum((point) => point.outflow)];
  const facts = [
    [`In, since ${formatDay(from)}`, formatBtcBriefly(inflow)],
    ["Out", formatBtcBriefly(outflow)],
    ["Net", formatBtcBriefly(inflow - outflow)],
    ["Deposits", formatCount(sum(({ deposits }) => deposits))],
    ["Withdrawals", formatCount(sum(({ withdrawals }) => withdrawals))],
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function modelOf({ points }: EntitySeries): ChartModel {
  const by = (value: (point: EntitySeries["points"][number]) => number) =>
    points.map((point) => ({ time: point.time, height: null, value: value(point) }));
  return {
    unit: "satoshis",
    series: [
      { name: "In", hue: "exchange", strength: 0.7, shape: "bars", points: by(({ inflow }) => inflow) },
      { name: "Out", hue: "network", strength: 0.7, shape: "bars", points: by(({ outflow }) => -outflow || 0) },
      { name: "Net", hue: "text", shape: "line", points: by(({ inflow, outflow }) => inflow - outflow) },
    ],
  };
}
