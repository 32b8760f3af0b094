import type { Insight } from "#contract";
import { formatConfidence, formatCount } from "../format/numbers.ts";
import styles from "./feed.module.css";

/** What an insight claims about blocks to come, how often such claims came true, and what blocks decided. */
export function Claim({ insight }: { readonly insight: Insight }) {
  const { evidence, confidence, category, firstSeen, height } = insight;
  const { claim } = evidence;
  if (claim === null) return null;
  return (
    <div className={styles.claim}>
      <p>
        {claim.text}
        {firstSeen.height !== height && (
          <span className={styles.of}> Said after block {formatCount(firstSeen.height)}.</span>
        )}
      </p>
      {confidence === null ? (
        <span className={styles.unranked}>No confidence yet: too few such claims were decided here</span>
      ) : (
        <span className={styles.surprise}>
          <span className={styles.surpriseLabel}>Confidence</span>
          <span className={styles.bar} aria-hidden="true">
            <span style={{ width: `${confidence * 100}%`, background: `var(--${category})` }} />
          </span>
          <strong>{formatConfidence(confidence)}</strong>
          {claim.outcomes !== null && <span className={styles.of}>by {formatCount(claim.outcomes)} outcomes</span>}
        </span>
      )}
      {decisionOf(claim) !== undefined && <p className={styles.decided}>{decisionOf(claim)}</p>}
    </div>
  );
}

/** `undefined` while it is open. */
function decisionOf({ outcome, outcomeHeight }: NonNullable<Insight["evidence"]["claim"]>): string | undefined {
  const where = outcomeHeight === null ? "" : ` by block ${formatCount(outcomeHeight)}`;
  switch (outcome) {
    case "true":
      return `The claim came true, decided${where}`;
    case "false":
      return `The claim did not come true, decided${where}`;
    case "unknown":
      return `The claim is undecided${where}: blocks do not tell, so it counts neither way`;
    default:
      return undefined;
  }
}
