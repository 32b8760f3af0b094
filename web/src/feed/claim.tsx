import type { Insight } from "#contract";
import { formatCount } from "../format/numbers.ts";
import styles from "./feed.module.css";

/** What an insight claims about blocks to come, and how often such claims came true, as a number with a bar. */
export function Claim({ insight: { evidence, confidence, category } }: { readonly insight: Insight }) {
  const { claim } = evidence;
  if (claim === null) return null;
  return (
    <div className={styles.claim}>
      <p>{claim.text}</p>
      {confidence === null ? (
        <span className={styles.unranked}>No confidence yet: too few such claims were decided here</span>
      ) : (
        <span className={styles.surprise}>
          <span className={styles.surpriseLabel}>Confidence</span>
          <span className={styles.bar} aria-hidden="true">
            <span style={{ width: `${confidence * 100}%`, background: `var(--${category})` }} />
          </span>
          <strong>{Math.round(confidence * 100)} %</strong>
          {claim.outcomes !== null && <span className={styles.of}>by {formatCount(claim.outcomes)} outcomes</span>}
        </span>
      )}
    </div>
  );
}
