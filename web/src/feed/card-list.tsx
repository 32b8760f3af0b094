import { type Range, defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useEffectEvent, useMemo, useRef } from "react";
import type { Highlight, Insight } from "#contract";
import { formatDay } from "../format/times.ts";
import { FEED_ATTRIBUTE } from "../live/is-reading.ts";
import { PLACE_ATTRIBUTE } from "../parts/reading-place.ts";
import { useTop } from "../parts/use-top.ts";
import styles from "./feed.module.css";
import { InsightCard } from "./insight-card.tsx";
import { useOpened } from "./use-opened.ts";
import { useWantedCard } from "./use-wanted-card.ts";

type Props = {
  readonly insights: readonly Insight[];
  readonly arrivedIds: ReadonlySet<string>;
  readonly highlights: Readonly<Record<string, Highlight>>;
  /** Whether earlier ones are stored. */
  readonly more: boolean;
  /** The last of them is nearly in sight. */
  readonly onNearEnd: () => void;
  /** Whether some are fetched now. */
  readonly loading: boolean;
  readonly loadMore: () => void;
};

/** About what a card takes, until it is measured. */
const CARD_PX = 320;
const GAP_PX = 12;
/** Cards that are drawn above and below the window: none is seen to come, and the next has a place to take the focus. */
const OVERSCAN = 4;

/** However many insights there are, those in the window and near it are drawn, and the one that has the focus. */
export function CardList({ insights, arrivedIds, highlights, more, onNearEnd, loading, loadMore }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const focused = useRef<string | null>(null);
  const [opened, toggle] = useOpened();
  const scrollMargin = useTop(list);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes here; the cards are memoized by hand
  const virtualizer = useWindowVirtualizer<HTMLDivElement>({
    count: insights.length,
    estimateSize: () => CARD_PX,
    getItemKey: (index) => insights[index]?.id ?? index,
    gap: GAP_PX,
    overscan: OVERSCAN,
    scrollMargin,
    rangeExtractor: (range) => withFocused(range, focused.current, insights),
  });
  const cards = virtualizer.getVirtualItems();
  const last = cards.at(-1)?.index ?? -1;
  useNearEnd(last + OVERSCAN >= insights.length, insights.length, onNearEnd);
  const days = useMemo(() => daysBegun(insights), [insights]);
  const topOf = (place: number): number | undefined => virtualizer.getOffsetForIndex(place, "start")?.[0];
  useWantedCard({ insights, more, loading, loadMore, topOf });
  return (
    <div
      ref={list}
      role="feed"
      aria-labelledby="insights-title"
      className={styles.cards}
      style={{ height: virtualizer.getTotalSize() }}
      {...{ [FEED_ATTRIBUTE]: "" }}
    >
      {cards.map(({ index, key, start }) => {
        const insight = insights[index];
        if (insight === undefined) return null;
        return (
          <div
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            {...{ [PLACE_ATTRIBUTE]: insight.id }}
            className={styles.place}
            style={{ transform: `translateY(${start - scrollMargin}px)` }}
            onFocus={() => (focused.current = insight.id)}
            onBlur={() => (focused.current = null)}
          >
            {days.has(insight.id) && <p className={styles.day}>{formatDay(insight.firstSeen.time)}</p>}
            <InsightCard
              insight={insight}
              place={index + 1}
              of={more ? UNKNOWN : insights.length}
              arrived={arrivedIds.has(insight.id)}
              highlight={highlights[insight.id]}
              open={opened.has(insight.id)}
              onToggle={toggle}
            />
          </div>
        );
      })}
    </div>
  );
}

/** The first of each earlier day, by when they were first noticed; a day that comes again is not told again. */
function daysBegun(insights: readonly Insight[]): ReadonlySet<string> {
  const begun = new Set<string>();
  let earliest = insights[0]?.firstSeen.time.slice(0, DAY_LENGTH) ?? "";
  for (const { id, firstSeen } of insights) {
    const day = firstSeen.time.slice(0, DAY_LENGTH);
    if (day >= earliest) continue;
    earliest = day;
    begun.add(id);
  }
  return begun;
}

/** Of an ISO time. */
const DAY_LENGTH = 10;

/** As ARIA says it of a list whose length is not known. */
const UNKNOWN = -1;

/** Whoever has the focus in a card and scrolls on has it there when they come back. */
function withFocused(range: Range, id: string | null, insights: readonly Insight[]): number[] {
  const shown = defaultRangeExtractor(range);
  if (id === null) return shown;
  const place = insights.findIndex((insight) => insight.id === id);
  return place === -1 || shown.includes(place) ? shown : [...shown, place].toSorted((a, b) => a - b);
}

function useNearEnd(near: boolean, count: number, onNearEnd: () => void): void {
  const tell = useEffectEvent(onNearEnd);
  useEffect(() => {
    if (near && count > 0) tell();
  }, [near, count]);
}
