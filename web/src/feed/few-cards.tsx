import type { Insight } from "#contract";
import styles from "./feed.module.css";
import { InsightCard } from "./insight-card.tsx";
import { useOpened } from "./use-opened.ts";

/** As many insights as one block or transaction has, all of them drawn. */
export function FewCards({ insights }: { readonly insights: readonly Insight[] }) {
  const [opened, toggle] = useOpened();
  return (
    <div className={styles.few}>
      {insights.map((insight, index) => (
        <InsightCard
          key={insight.id}
          insight={insight}
          place={index + 1}
          of={insights.length}
          arrived={false}
          open={opened.has(insight.id)}
          onToggle={toggle}
        />
      ))}
    </div>
  );
}
