/** Marks the list, so that an insight that is focused in it can be told from any other focus. */
export const FEED_ATTRIBUTE = "data-feed";

/** Whether someone is reading further down or works inside a card: nothing may then move under them. */
export function isReading(): boolean {
  return window.scrollY > 4 || document.activeElement?.closest(`[${FEED_ATTRIBUTE}]`) !== null;
}
