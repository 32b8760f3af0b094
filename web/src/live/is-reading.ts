/** Marks the list, so that an insight that is focused in it can be told from any other focus. */
export const FEED_ATTRIBUTE = "data-feed";

const TOP_PX = 4;

export const isAtTop = (): boolean => window.scrollY <= TOP_PX;

/**
 * Whether someone is reading further down, works inside a card or looks at another tab: nothing may then move, and
 * what is new waits until they can see it come.
 */
export function isReading(): boolean {
  const inFeed = document.activeElement?.closest(`[${FEED_ATTRIBUTE}]`) ?? null;
  return !isAtTop() || document.hidden || inFeed !== null;
}
