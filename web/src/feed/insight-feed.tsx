import { Button, VisuallyHidden } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { Insight } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { visibleInsights } from "../live/feed-changes.ts";
import { FEED_ATTRIBUTE } from "../live/is-reading.ts";
import { useLiveFeed } from "../live/live-context.ts";
import { insightPages } from "../server/queries.ts";
import type { CategoryChoice } from "./category.ts";
import { CategoryFilter } from "./category-filter.tsx";
import styles from "./feed.module.css";
import { FeedEmpty, FeedError, FeedLoading } from "./feed-states.tsx";
import { InsightCard } from "./insight-card.tsx";

/** Loaded pages with what the stream told since laid over them. */
export function InsightFeed() {
  const [choice, setChoice] = useState<CategoryChoice>("all");
  const query = useInfiniteQuery(insightPages(choice));
  const { changes, release, beginAfter } = useLiveFeed();
  const pages = query.data?.pages;
  const lastEventId = pages?.[0]?.lastEventId;
  useEffect(() => {
    if (lastEventId !== undefined) beginAfter(lastEventId);
  }, [lastEventId, beginAfter]);

  const insights = useMemo(() => {
    const listed = pages?.flatMap((page) => page.insights) ?? [];
    return visibleInsights(listed, changes).filter(belongsTo(choice));
  }, [pages, changes, choice]);
  const held = changes.held.filter(belongsTo(choice)).length;

  return (
    <section id="insights" aria-labelledby="insights-title" tabIndex={-1} className={styles.feed}>
      <div className={styles.title}>
        <h1 id="insights-title">Insights</h1>
        <CategoryFilter choice={choice} onChoose={setChoice} />
      </div>
      <HeldPill count={held} onShow={release} />
      <Announcement newest={changes.arrived[0]} held={held} />
      <div {...{ [FEED_ATTRIBUTE]: "" }}>
        {query.isPending && <FeedLoading />}
        {query.isError && <FeedError message={query.error.message} onRetry={() => void query.refetch()} />}
        {query.isSuccess && insights.length === 0 && <FeedEmpty filtered={choice !== "all"} />}
        {insights.map((insight) => (
          <InsightCard key={insight.id} insight={insight} />
        ))}
      </div>
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
    </section>
  );
}

function belongsTo(choice: CategoryChoice): (insight: Insight) => boolean {
  return ({ category }) => choice === "all" || category === choice;
}

type HeldProps = { readonly count: number; readonly onShow: () => void };

/** New insights wait here while someone reads further down, so that nothing moves under them. */
function HeldPill({ count, onShow }: HeldProps) {
  if (count === 0) return null;
  const show = (): void => {
    onShow();
    window.scrollTo({ top: 0 });
  };
  return (
    <div className={styles.pillPlace}>
      <button type="button" className={styles.pill} onClick={show}>
        {formatCount(count)} new
      </button>
    </div>
  );
}

type AnnouncementProps = { readonly newest: Insight | undefined; readonly held: number };

/** For screen readers, politely: what came in. */
function Announcement({ newest, held }: AnnouncementProps) {
  const waiting = held === 0 ? "" : ` ${formatCount(held)} more above.`;
  return (
    <VisuallyHidden aria-live="polite">
      {newest === undefined && held === 0 ? "" : `New insight: ${newest?.headline ?? ""}${waiting}`}
    </VisuallyHidden>
  );
}
