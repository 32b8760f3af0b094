import { getRouteApi } from "@tanstack/react-router";
import { ChartTimes } from "../charts/chart-times.tsx";
import { useZoom } from "../charts/use-zoom.ts";
import { ZoomHint } from "../charts/zoom-hint.tsx";
import { Needs } from "../parts/needs.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { AgeBandsChart } from "./age-bands-chart.tsx";
import { ExchangesPanel } from "./exchanges-panel.tsx";
import { FindingsCharts } from "./findings-charts.tsx";
import { MempoolBandsChart } from "./mempool-bands-chart.tsx";
import styles from "./metrics.module.css";
import { PoolSharesPanel } from "./pool-shares-panel.tsx";
import { type RangeSearch, rangeOf, readRangeSearch } from "./range.ts";
import { RangeControl } from "./range-control.tsx";
import { SeriesChart } from "./series-chart.tsx";
import { WaitingNow } from "./waiting-now.tsx";

const route = getRouteApi("/dashboard");

/** The chain in charts, all over the same time. */
export function MetricsTab() {
  return (
    <Needs title="Metrics" permission="chain">
      <Charts />
    </Needs>
  );
}

function Charts() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const range = rangeOf(search);
  const change = (next: RangeSearch): void =>
    void navigate({
      search: ({ range: _range, by: _by, zoom: _zoom, ...others }) => ({ ...others, ...readRangeSearch(next) }),
      replace: true,
      resetScroll: false,
    });
  const zoom = useZoom(search, (next) => {
    const { zoom: _zoom, ...rest } = search;
    change({ ...rest, ...next });
  });
  return (
    <>
      <PageTitle title="Metrics" aside={<RangeControl search={search} onChange={change} />}>
        <ZoomHint />
      </PageTitle>
      <WaitingNow />
      <ChartTimes {...zoom}>
        <div className={styles.grid}>
          <SeriesChart
            title="Fee rates"
            range={range}
            band={{ low: "10 % point", high: "90 % point" }}
            lines={[
              { metric: "feerate_p50", name: "Median", hue: "mempool", shape: "line" },
              { metric: "feerate_p90", name: "90 % point", hue: "mempool", strength: 0.65, shape: "line" },
              { metric: "feerate_p10", name: "10 % point", hue: "mempool", strength: 0.35, shape: "line" },
            ]}
          />
          <MempoolBandsChart days={range.days} />
          <SeriesChart
            title="Fees"
            range={range}
            lines={[{ metric: "totalfee", name: "Fees", hue: "mempool", shape: "bars" }]}
          />
          <SeriesChart
            title="Block fullness"
            range={range}
            as={{ unit: "share", times: 1 / 4_000_000 }}
            level={{ name: "full", value: 1 }}
            lines={[{ metric: "weight", name: "Weight of 4 MWU", hue: "network", shape: "line" }]}
          />
          <SeriesChart
            title="Flows of exchanges"
            range={range}
            lines={[
              { metric: "exchange_inflow", name: "In", hue: "exchange", strength: 0.7, shape: "bars" },
              { metric: "exchange_outflow", name: "Out", hue: "network", strength: 0.7, shape: "bars", sign: -1 },
              { metric: "exchange_netflow", name: "Net", hue: "text", shape: "line" },
            ]}
          />
          <SeriesChart
            title="Label coverage"
            range={range}
            lines={[{ metric: "label_coverage", name: "Of the moved value", hue: "exchange", shape: "line" }]}
          />
          <ExchangesPanel range={{ ...range, days: Math.min(range.days, 366) }} />
          <PoolSharesPanel days={Math.min(range.days, 366)} />
          <SeriesChart
            title="Hash rate by difficulty"
            range={range}
            lines={[{ metric: "hash_rate", name: "Hash rate", hue: "miner", shape: "line" }]}
          />
          <AgeBandsChart range={range} />
          <SeriesChart
            title="Coin days destroyed"
            range={range}
            lines={[{ metric: "coin_days_destroyed", name: "Coin days", hue: "whale", shape: "bars" }]}
          />
          <SeriesChart
            title="Transactions"
            range={range}
            lines={[{ metric: "txs", name: "Transactions", hue: "network", shape: "bars" }]}
          />
          <SeriesChart
            title="Transfers of 100 BTC and more"
            range={range}
            lines={[{ metric: "transfers_100btc_value", name: "Value", hue: "whale", shape: "bars" }]}
          />
          <FindingsCharts days={Math.min(range.days, 366)} />
        </div>
      </ChartTimes>
    </>
  );
}
