import { VisuallyHidden } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { BellOff, X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Insight } from "#contract";
import { CategoryWord } from "../feed/category-filter.tsx";
import { useLiveFeed } from "../live/live-context.ts";
import { useStatus } from "../live/use-status.ts";
import { formatCount } from "../format/numbers.ts";
import styles from "./toasts.module.css";
import { useMuted } from "./use-muted.ts";
import { useNews } from "./use-news.ts";

const SHOWN_FOR_MS = 8_000;

/** Says on any page, and further down in the feed, that there are new insights: one message for all of a moment. */
export function Toasts() {
  const { pathname } = useLocation();
  const { beginAfter } = useLiveFeed();
  const lastEventId = useStatus((status) => status.lastEventId);
  const onFeed = pathname === "/dashboard";
  // The feed begins the stream where its list ends; elsewhere it begins now.
  useEffect(() => {
    if (!onFeed && typeof lastEventId === "number") beginAfter(lastEventId);
  }, [onFeed, lastEventId, beginAfter]);
  const [mutedByReader, setMuted] = useMuted();
  // What is found while history is read is old.
  const muted = useStatus(({ backfill }) => backfill?.state === "running") === true || mutedByReader;
  const { news, clear } = useNews(onFeed);
  const toast = useRef<HTMLElement>(null);
  useEffect(() => {
    if (news.length === 0) return;
    const timer = setInterval(() => {
      // Whoever points at it, or has gone into it, still reads.
      if (toast.current?.matches(":hover, :focus-within") !== true) clear();
    }, SHOWN_FOR_MS);
    return () => clearInterval(timer);
  }, [news, clear]);
  return (
    <>
      {/* In the feed its own word tells it. It stands there before anything comes: otherwise it is not read out. */}
      <VisuallyHidden role="status">{!muted && !onFeed && told(news)}</VisuallyHidden>
      {!muted && news.length > 0 && (
        <section ref={toast} className={styles.toast} aria-label="New insights">
          <Message news={news} onOpen={clear} />
          <button
            type="button"
            className={styles.button}
            aria-label="Mute these messages"
            onClick={() => setMuted(true)}
          >
            <BellOff size={16} aria-hidden="true" />
          </button>
          <button type="button" className={styles.button} aria-label="Close" onClick={clear}>
            <X size={16} aria-hidden="true" />
          </button>
        </section>
      )}
    </>
  );
}

function told(news: readonly Insight[]): string {
  const [newest] = news;
  if (newest === undefined) return "";
  const others = news.length === 1 ? "" : `, and ${formatCount(news.length - 1)} more`;
  return `New insight: ${newest.headline}${others}.`;
}

function Message({ news, onOpen }: { readonly news: readonly Insight[]; readonly onOpen: () => void }) {
  const [newest] = news;
  if (newest === undefined) return null;
  return (
    <div className={styles.message}>
      <span className={styles.meta}>
        <CategoryWord category={newest.category} />
        {news.length > 1 && `and ${formatCount(news.length - 1)} more new`}
      </span>
      <Link to="/insights/$id" params={{ id: newest.id }} onClick={onOpen}>
        {newest.headline}
      </Link>
    </div>
  );
}
