import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { FEED_ATTRIBUTE } from "../live/is-reading.ts";
import { CategoryFilter } from "./category-filter.tsx";
import styles from "./feed.module.css";
import { FeedEmpty, FeedError, FeedLoading } from "./feed-states.tsx";
import { InsightCard } from "./insight-card.tsx";
import { Announcement, HeldPill } from "./new-insights.tsx";
import { useCategoryChoice } from "./use-category-choice.ts";
import { useFeed } from "./use-feed.ts";

export function InsightFeed() {
  const [choice, choose] = useCategoryChoice();
  const { query, insights, arrivedIds, held, newest, release } = useFeed(choice);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = held === 0 ? "Insights · utxoIQ" : `(${held}) Insights · utxoIQ`;
  }, [held]);
  const showHeld = (): void => {
    release();
    window.scrollTo({ top: 0 });
    section.current?.focus({ preventScroll: true });
  };
  return (
    <section ref={section} id="insights" aria-labelledby="insights-title" tabIndex={-1} className={styles.feed}>
      <div className={styles.title}>
        <h1 id="insights-title">Insights</h1>
        <CategoryFilter choice={choice} onChoose={choose} />
      </div>
      <HeldPill count={held} onShow={showHeld} />
      <Announcement newest={newest} held={held} />
      <div {...{ [FEED_ATTRIBUTE]: "" }}>
        {query.isPending && <FeedLoading />}
        {query.isLoadingError && <FeedError message={query.error.message} onRetry={() => void query.refetch()} />}
        {query.isSuccess && insights.length === 0 && <FeedEmpty filtered={choice !== "all"} />}
        {insights.map((insight) => (
          <InsightCard key={insight.id} insight={insight} arrived={arrivedIds.has(insight.id)} />
        ))}
      </div>
      {query.isFetchNextPageError && (
        <p role="alert" className={styles.failed}>
          Earlier insights could not be loaded: {query.error.message}.
        </p>
      )}
      {query.hasNextPage && (
        <Button
          variant="default"
          className={styles.more ?? ""}
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show earlier insights
        </Button>
      )}
      {query.isSuccess && !query.hasNextPage && insights.length > 0 && (
        <p className={styles.end}>These are all insights that are stored.</p>
      )}
    </section>
  );
}
