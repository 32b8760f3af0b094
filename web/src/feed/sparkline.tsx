import { useComputedColorScheme } from "@mantine/core";
import type { Insight } from "#contract";
import styles from "./feed.module.css";

/** The row of numbers that the insight stands out of, the event shaded; in full it is on the insight's page. */
export function Sparkline({ insight: { id, chart } }: { readonly insight: Insight }) {
  const theme = useComputedColorScheme("light");
  if (chart === null) return null;
  return (
    <img
      className={styles.sparkline}
      src={`/api/v1/insights/${id}/sparkline.svg?theme=${theme}`}
      width={120}
      height={32}
      loading="lazy"
      decoding="async"
      alt={`${chart.series.name}, block by block, with the event shaded`}
    />
  );
}
