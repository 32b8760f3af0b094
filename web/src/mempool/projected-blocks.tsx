import type { CSSProperties } from "react";
import type { MempoolNow } from "#contract";
import { formatBtcBriefly, formatCount, formatFeeRate, formatTransactions } from "../format/numbers.ts";
import styles from "./mempool.module.css";

type Props = { readonly blocks: MempoolNow["projectedBlocks"] };

/** The next blocks as they would be mined now, the dearest first. */
export function ProjectedBlocks({ blocks }: Props) {
  if (blocks.length === 0)
    return (
      <section aria-label="Projected blocks">
        <h2 className={styles.title}>Projected blocks</h2>
        <p className={styles.note}>Nothing waits: the next block would be empty.</p>
      </section>
    );
  // How much a block holds is the network's own; the last of several is all that is left, and no measure.
  const heaviest = Math.max(...blocks.slice(0, Math.max(1, blocks.length - 1)).map(({ weight }) => weight));
  return (
    <section aria-label="Projected blocks">
      <h2 className={styles.title}>Projected blocks</h2>
      <ol className={styles.projected}>
        {blocks.map((block, index) => {
          const [low, , , median, , , high] = block.feeRates;
          const full = Math.min(1, block.weight / heaviest);
          const isRest = index === blocks.length - 1 && index > 0 && block.weight > heaviest;
          return (
            // The place in the row is what a projected block is.
            <li key={index} style={{ "--full": `${100 * full}%` } as CSSProperties}>
              <span className={styles.place}>{isRest ? "all the rest" : `${index + 1}`}</span>
              <strong>{median === undefined ? "not told" : `${formatFeeRate(median)} sat/vB`}</strong>
              <span>
                {low !== undefined && high !== undefined && `${formatFeeRate(low)} to ${formatFeeRate(high)}`}
              </span>
              <span>{formatBtcBriefly(block.totalFee)}</span>
              <span>{formatTransactions(block.count)}</span>
              <span>{formatCount(block.weight / 1_000)} kWU</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
