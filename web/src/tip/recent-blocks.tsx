import { formatCount, formatFeeRate } from "../format/numbers.ts";
import { useRecentBlocks } from "../live/live-context.ts";
import { ChainTime } from "../parts/chain-time.tsx";
import { Panel } from "../parts/panel.tsx";
import { useStatus } from "../live/use-status.ts";
import styles from "./tip.module.css";

/** The blocks that came in while the page is open. */
export function RecentBlocks() {
  const blocks = useRecentBlocks();
  const simulated = useStatus((status) => status.simulated) ?? false;
  const ofSet = useStatus((status) => status.sourceKind === "set") ?? false;
  if (ofSet) return null;
  return (
    <Panel title="New blocks">
      {blocks.length === 0 ? (
        <p className={styles.quiet}>Blocks appear here as they are found while this page is open.</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Height</th>
              <th scope="col">Found</th>
              <th scope="col">Pool</th>
              <th scope="col" className={styles.number}>
                Txs
              </th>
              <th scope="col" className={styles.number}>
                Median sat/vB
              </th>
            </tr>
          </thead>
          <tbody>
            {blocks.map(({ height, hash, time, pool, txs, medianFeeRate }) => (
              <tr key={hash}>
                <td>{formatCount(height)}</td>
                <td>
                  <ChainTime time={time} simulated={simulated} />
                </td>
                <td>{pool ?? "unknown"}</td>
                <td className={styles.number}>{formatCount(txs)}</td>
                <td className={styles.number}>{medianFeeRate === null ? "unknown" : formatFeeRate(medianFeeRate)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
