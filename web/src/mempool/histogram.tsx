import type { MempoolNow } from "#contract";
import { formatCount, formatFeeRate, formatTransactions } from "../format/numbers.ts";
import { Panel } from "../parts/panel.tsx";
import styles from "./mempool.module.css";
import { mergeBands } from "./merge-bands.ts";

/** What waits by fee rate, as it is now; the numbers beside the bars are the same for all readers. */
export function Histogram({ bands }: { readonly bands: MempoolNow["histogram"] }) {
  const merged = bands === null ? [] : mergeBands(bands);
  const heaviest = Math.max(1, ...merged.map(({ weight }) => weight));
  return (
    <Panel title="Waiting by fee rate" aside={<span>sat/vB, weight</span>}>
      {bands === null && <p className={styles.none}>The source does not tell it.</p>}
      {bands !== null && merged.length === 0 && <p className={styles.none}>Nothing waits.</p>}
      <ol className={styles.bands}>
        {merged.map(({ from, to, weight, count }) => (
          <li key={from} title={formatTransactions(count)}>
            <span>
              {to === undefined ? `${formatFeeRate(from)} and more` : `${formatFeeRate(from)} to ${formatFeeRate(to)}`}
            </span>
            <span className={styles.bar} aria-hidden="true">
              <span style={{ width: `${(100 * weight) / heaviest}%` }} />
            </span>
            <span className={styles.weight}>{formatCount(weight / 1_000)} kWU</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
