import { formatCount, formatFeeRate } from "../format/numbers.ts";
import { useRecentBlocks } from "../live/live-context.ts";
import type { RecentBlock } from "../live/recent-blocks.ts";
import { useStatus } from "../live/use-status.ts";
import { ChainTime } from "../parts/chain-time.tsx";
import { CitedBlock, CitedEntity } from "../parts/cited.tsx";
import { CopyableHash } from "../parts/copyable-hash.tsx";
import { Panel } from "../parts/panel.tsx";
import styles from "./tip.module.css";

/** The newest blocks as the stream told of them, the fee rates to compare at a glance. */
export function RecentBlocks() {
  const blocks = useRecentBlocks();
  const ofSet = useStatus((status) => status.sourceKind === "set") ?? false;
  const highest = Math.max(...blocks.map(({ medianFeeRate }) => medianFeeRate ?? 0));
  if (ofSet) return null;
  return (
    <Panel title="Newest blocks">
      <div className={styles.blocks}>
        {blocks.length === 0 ? (
          <p className={styles.quiet}>Blocks appear here by themselves as they are found.</p>
        ) : (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Height</th>
                <th scope="col">Found</th>
                <th scope="col">Pool</th>
                <th scope="col" className={styles.wide}>
                  Hash
                </th>
                <th scope="col" className={`${styles.number} ${styles.txs}`}>
                  Txs
                </th>
                <th scope="col" className={styles.number}>
                  sat/vB
                </th>
              </tr>
            </thead>
            <tbody>
              {blocks.map((block) => (
                <Row key={block.hash} block={block} highest={highest} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Panel>
  );
}

type RowProps = { readonly block: RecentBlock; readonly highest: number };

function Row({ block: { height, hash, time, pool, txs, medianFeeRate }, highest }: RowProps) {
  const simulated = useStatus((status) => status.simulated) ?? false;
  return (
    <tr>
      <td className={styles.height}>
        <CitedBlock height={height} />
      </td>
      <td>
        <ChainTime time={time} simulated={simulated} />
      </td>
      <td className={styles.pool} title={pool ?? undefined}>
        {pool === null ? "Unknown" : <CitedEntity actor={pool}>{shortName(pool)}</CitedEntity>}
      </td>
      <td className={styles.wide}>
        <CopyableHash what="block hash" value={hash} />
      </td>
      <td className={`${styles.number} ${styles.txs}`}>{formatCount(txs)}</td>
      <td className={styles.number}>
        {medianFeeRate === null ? "unknown" : formatFeeRate(medianFeeRate)}
        <span className={styles.level} aria-hidden="true">
          <span style={{ width: `${highest === 0 ? 0 : (100 * (medianFeeRate ?? 0)) / highest}%` }} />
        </span>
      </td>
    </tr>
  );
}

/** The page says above that all is simulated; a column has no room to say it of each. */
function shortName(pool: string): string {
  return pool.replace(/ \(simulated\)$/, "");
}
