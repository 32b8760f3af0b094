import { useEffect, useEffectEvent } from "react";
import type { Insight } from "#contract";
import { giveUpPlace, wantedPlace } from "../parts/reading-place.ts";

type Wanting = {
  readonly insights: readonly Insight[];
  /** Whether earlier ones are stored. */
  readonly more: boolean;
  readonly loading: boolean;
  readonly loadMore: () => void;
  /** Where the card of that place in the list begins on the page, in pixels. */
  readonly topOf: (place: number) => number | undefined;
};

/** Of a list that is loaded again: brings the card that somebody was reading near, page by page. */
export function useWantedCard({ insights, more, loading, loadMore, topOf }: Wanting): void {
  const look = useEffectEvent(() => {
    const part = wantedPlace()?.part;
    if (part === undefined || part === null) return;
    const place = insights.findIndex(({ id }) => id === part.id);
    const top = place === -1 ? undefined : topOf(place);
    if (top !== undefined) window.scrollTo({ top: top - part.top, behavior: "instant" });
    else if (!more) giveUpPlace();
    else if (!loading) loadMore();
  });
  // Looked for anew when more have come.
  const known = `${insights.length} ${more} ${loading}`;
  useEffect(() => {
    if (!known.startsWith("0 ")) look();
  }, [known]);
}
