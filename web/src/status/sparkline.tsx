import { pathOf } from "./sparkline-path.ts";
import styles from "./status.module.css";

/** How a figure went; the figure itself stands beside it in words. */
export function Sparkline({ values }: { readonly values: readonly (number | null)[] }) {
  return (
    <svg className={styles.sparkline} viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">
      <path d={pathOf(values, { width: 100, height: 24 })} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
