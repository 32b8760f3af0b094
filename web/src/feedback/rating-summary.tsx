import type { FeedbackStats } from "#contract";
import { formatCount, formatStars } from "../format/numbers.ts";
import styles from "./feedback.module.css";

/** All stars in a few characters. */
export function RatingSummary({ ratings: { count, average } }: Pick<FeedbackStats, "ratings">) {
  if (average === null) return <span className={styles.muted}>not rated yet</span>;
  return (
    <span>
      <strong>{formatStars(average)}</strong>{" "}
      <span className={styles.muted}>
        of {formatCount(count)} {count === 1 ? "rating" : "ratings"}
      </span>
    </span>
  );
}

/** How many gave five stars, four, … one, as bars with their numbers. */
export function RatingDistribution({ ratings: { count, distribution } }: Pick<FeedbackStats, "ratings">) {
  return (
    <ol className={styles.distribution} aria-label="Ratings by stars">
      {distribution
        .map((given, index) => ({ given, stars: index + 1 }))
        .toReversed()
        .map(({ given, stars }) => (
          <li key={stars}>
            <span className={styles.muted}>{stars === 1 ? "1 star" : `${stars} stars`}</span>
            <span className={styles.share} aria-hidden="true">
              <span style={{ width: count === 0 ? 0 : `${(100 * given) / count}%` }} />
            </span>
            <span className={styles.given}>{formatCount(given)}</span>
          </li>
        ))}
    </ol>
  );
}
