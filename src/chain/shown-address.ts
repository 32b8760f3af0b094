/** A segment of a path this long may be a key: no API that is spoken here has a name of that length. */
const KEY = /[^/]{16,}/g;

/** An address as it may be told: without login and parameters, and with what may be a key in its path cut short. */
export function shownAddress(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname.replace(KEY, (segment) => `${segment.slice(0, 3)}…`)}`;
}
