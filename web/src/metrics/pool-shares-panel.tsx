import { useQuery } from "@tanstack/react-query";
import { formatCount, formatPercent } from "../format/numbers.ts";
import { Failed } from "../parts/failed.tsx";
import { Panel } from "../parts/panel.tsx";
import { poolShares } from "../server/chain-queries.ts";
import styles from "./metrics.module.css";

const SHOWN = 10;

/** Who mined the blocks of the time that is looked at. */
export function PoolSharesPanel({ days }: { readonly days: number }) {
  const { data, error, refetch } = useQuery(poolShares(days));
  const highest = data?.pools[0]?.share ?? 1;
  return (
    <Panel
      title="Pools"
      aside={data !== undefined && <span>{formatCount(data.blocks)} blocks by payout address or tag</span>}
    >
      {error !== null && <Failed what="Pools cannot be shown" error={error} onRetry={() => void refetch()} />}
      <ol className={styles.pools}>
        {data?.pools.slice(0, SHOWN).map(({ pool, blocks, share }) => (
          <li key={pool ?? ""}>
            <span className={styles.poolName}>{pool ?? "Unknown"}</span>
            <span className={styles.poolBar} aria-hidden="true">
              <span style={{ width: `${(100 * share) / highest}%` }} />
            </span>
            <span className={styles.poolShare}>{formatPercent(100 * share)}</span>
            <span className={styles.poolBlocks}>{formatCount(blocks)}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
