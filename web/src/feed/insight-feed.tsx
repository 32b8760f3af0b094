import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { formatCount } from "../format/numbers.ts";
import { CardList } from "./card-list.tsx";
import { CategoryFilter } from "./category-filter.tsx";
import styles from "./feed.module.css";
import search from "./search.module.css";
import { insightFacets } from "../server/queries.ts";
import { NOTHING } from "./feed-filter.ts";
import { ActiveFilters, FilterButton } from "./filter-button.tsx";
import { SearchBox } from "./search-box.tsx";
import { FeedEmpty, FeedError, FeedLoading } from "./feed-states.tsx";
import { Announcement, HeldPill } from "./new-insights.tsx";
import { useFilter } from "./use-filter.ts";
import { useFeed } from "./use-feed.ts";

export function InsightFeed() {
  const [filter, change] = useFilter();
  const { query, insights, highlights, arrivedIds, held, newest, release } = useFeed(filter);
  const { data: facets } = useQuery(insightFacets(filter));
  const narrowed = Object.keys(filter).length > 0;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = held === 0 ? "Insights · utxoIQ" : `(${held}) Insights · utxoIQ`;
  }, [held]);
  const loadEarlier = (): void => {
    if (query.hasNextPage && !query.isFetching && !query.isFetchNextPageError) void query.fetchNextPage();
  };
  const showHeld = (): void => {
    release();
    window.scrollTo({ top: 0 });
    section.current?.focus({ preventScroll: true });
  };
  return (
    <section ref={section} id="insights" aria-labelledby="insights-title" tabIndex={-1} className={styles.feed}>
      <div className={styles.title}>
        <h1 id="insights-title">Insights</h1>
        <CategoryFilter
          choice={filter.category ?? "all"}
          onChoose={(choice) => change({ category: choice === "all" ? undefined : choice })}
        />
      </div>
      <div className={search.bar}>
        <SearchBox words={filter.q ?? ""} onSearch={(q) => change({ q })} />
        <FilterButton filter={filter} facets={facets} onChange={change} />
      </div>
      <ActiveFilters filter={filter} onChange={change} />
      {filter.q !== undefined && facets !== undefined && (
        <p role="status" className={search.found}>
          {!facets.complete && "At least "}
          {facets.total === 1 ? "1 insight" : `${formatCount(facets.total)} insights`} found
        </p>
      )}
      <HeldPill count={held} onShow={showHeld} />
      <Announcement newest={newest} held={held} />
      {query.isPending && <FeedLoading />}
      {query.isLoadingError && <FeedError message={query.error.message} onRetry={() => void query.refetch()} />}
      {query.isSuccess && insights.length === 0 && <FeedEmpty filter={filter} onClear={() => change(NOTHING)} />}
      {insights.length > 0 && (
        <CardList
          insights={insights}
          arrivedIds={arrivedIds}
          highlights={highlights}
          more={query.hasNextPage}
          onNearEnd={loadEarlier}
          loading={query.isFetching}
          loadMore={() => void query.fetchNextPage()}
        />
      )}
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
        <p className={styles.end}>
          {narrowed ? "These are all that the filter leaves." : "These are all insights that are stored."}
        </p>
      )}
    </section>
  );
}
