import { useQuery } from "@tanstack/react-query";
import type { EntityList } from "#contract";
import { formatBtcBriefly, formatPercent } from "../format/numbers.ts";
import { CitedEntity } from "../parts/cited.tsx";
import { Failed } from "../parts/failed.tsx";
import { Panel } from "../parts/panel.tsx";
import { entities, type SeriesRange, seriesOf } from "../server/chain-queries.ts";
import styles from "./metrics.module.css";

const SHOWN = 10;

/** What exchanges received less what they sent, one by one, and how much of all value labels know the owner of. */
export function ExchangesPanel({ range }: { readonly range: SeriesRange }) {
  const { data, error, refetch } = useQuery(entities(range.days));
  // As the chart of it beside this asks, so that it is asked for once.
  const coverage = useQuery(seriesOf("label_coverage", range)).data?.points.map(({ value }) => value);
  const exchanges = netOf(data);
  const widest = Math.max(...exchanges.map(({ net }) => Math.abs(net)), 1);
  return (
    <Panel
      title="Net flow by exchange"
      aside={
        coverage !== undefined &&
        coverage.length > 0 && (
          <span>
            labels know the owners of{" "}
            {formatPercent((100 * coverage.reduce((sum, value) => sum + value, 0)) / coverage.length)} of the value
          </span>
        )
      }
    >
      {error !== null && <Failed what="Exchanges cannot be shown" error={error} onRetry={() => void refetch()} />}
      {data !== undefined && exchanges.length === 0 && (
        <p className={styles.message}>No exchange that labels know took part in this time.</p>
      )}
      <ol className={styles.exchanges}>
        {exchanges.map(({ actor, net }) => (
          <li key={actor}>
            <span className={styles.poolName}>
              <CitedEntity actor={actor} />
            </span>
            <span className={styles.net} aria-hidden="true">
              <span data-out={net < 0} style={{ width: `${(50 * Math.abs(net)) / widest}%` }} />
            </span>
            <span className={styles.poolShare}>{formatBtcBriefly(net)}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function netOf(list: EntityList | undefined) {
  return (list?.entities ?? [])
    .filter(({ kind }) => kind === "exchange")
    .slice(0, SHOWN)
    .map(({ actor, inflow, outflow }) => ({ actor, net: inflow - outflow }))
    .toSorted((left, right) => right.net - left.net);
}
