import type { Insight } from "#contract";
import { formatCount, formatPercent } from "../format/numbers.ts";
import styles from "./feed.module.css";

/** How high the value ranks in its own history, as a number with a bar. */
export function Surprise({ surprise, category }: Pick<Insight, "surprise" | "category">) {
  if (surprise === null) return <span className={styles.unranked}>Not ranked</span>;
  return (
    <span className={styles.surprise}>
      <span className={styles.surpriseLabel}>Surprise</span>
      <span className={styles.bar} aria-hidden="true">
        <span style={{ width: `${surprise.percentile}%`, background: `var(--${category})` }} />
      </span>
      <strong>{formatPercent(surprise.percentile)}</strong>
      <span className={styles.of}>of {formatCount(surprise.sampleSize)} blocks</span>
    </span>
  );
}
