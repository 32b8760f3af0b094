import type { Insight } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { useStatus } from "../live/use-status.ts";
import { ChainTime } from "../parts/chain-time.tsx";
import { CitedBlock } from "../parts/cited.tsx";
import { CategoryWord } from "./category-filter.tsx";
import styles from "./feed.module.css";
import { StatusWord } from "./status.tsx";

/** The line above a headline: of what category, when, in which block, how settled, by whose words. */
export function InsightMeta({ insight }: { readonly insight: Insight }) {
  const { category, status, height, blockTime, simulated, wording } = insight;
  // A block of a set cannot be confirmed by others on top of it; "Why" tells so.
  const ofSet = useStatus(({ sourceKind }) => sourceKind) === "set" && status === "preliminary";
  return (
    <div className={styles.meta}>
      <span className={styles.hue} style={{ color: `var(--${category})` }}>
        <CategoryWord category={category} />
      </span>
      <span className={styles.facts}>
        <ChainTime time={blockTime} simulated={simulated} />
        <CitedBlock height={height}>block {formatCount(height)}</CitedBlock>
        {!ofSet && <StatusWord status={status} />}
      </span>
      {wording !== null && <span className={styles.badge}>worded by {wording.model}</span>}
      {simulated && <span className={styles.badge}>simulated network</span>}
    </div>
  );
}
