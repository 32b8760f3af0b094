import type { Scorecard } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { poolBins } from "./pool-bins.ts";
import styles from "./scorecard.module.css";

/** What was said beside what came: a bar as long as what came, and a mark where it should end. */
export function Reliability({ kinds }: Pick<Scorecard, "kinds">) {
  const bins = poolBins(kinds);
  if (bins.length === 0) return null;
  return (
    <section aria-label="Said and came">
      <h2 className={styles.title}>What was said and what came</h2>
      <div className={styles.frame}>
        <ol className={styles.bins}>
          {bins.map(({ meanProbability, observed, count }) => (
            <li key={meanProbability}>
              <span>said {percent(meanProbability)}</span>
              <span className={styles.bar} aria-hidden="true">
                <span style={{ width: percent(observed) }} />
                <i style={{ left: percent(meanProbability) }} />
              </span>
              <span>came {percent(observed)}</span>
              <span className={styles.count}>
                {formatCount(count)} {count === 1 ? "claim" : "claims"}
              </span>
            </li>
          ))}
        </ol>
      </div>
      <p className={styles.note}>All kinds together. Where bar and mark end alike, confidence is worth what it says.</p>
    </section>
  );
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}
