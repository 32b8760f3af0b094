/** On what somebody can be reading; its value says which of its kind it is. */
export const PLACE_ATTRIBUTE = "data-place";

/** How far down a page is read, and which marked part of it stands where in the window. */
export type ReadingPlace = {
  readonly href: string;
  readonly y: number;
  readonly part: { readonly id: string; readonly top: number } | null;
};

const KEY = "utxoiq-reading-place";
/** Below the header, which covers what stands there. */
const READ_BELOW_PX = 64;
/** What is not there by then is not waited for. */
const LONGEST_MS = 10_000;
/** What stood still for so long stays. */
const STILL_MS = 1_000;

let wanted: ReadingPlace | undefined;
/** Which look for a place is the newest: an older one ends. */
let look = 0;

/** Of pages that were left for another of ours, by the key of their entry in the browser's history. */
const left = new Map<string, ReadingPlace>();

/** Where reading goes on, while that is still looked for. */
export function wantedPlace(): ReadingPlace | undefined {
  return wanted;
}

export function giveUpPlace(): void {
  wanted = undefined;
}

/** Keeps the place from now on when the page goes, and goes on reading where a page that was loaded again was left. */
export function keepReadingPlace(): void {
  const [navigation] = performance.getEntriesByType("navigation");
  const kept = takeKept();
  addEventListener("pagehide", keepPlace);
  const isNew = navigation instanceof PerformanceNavigationTiming && navigation.type === "navigate";
  if (isNew || kept?.href !== location.href) return;
  wanted = kept;
  goOnReading();
}

/** Before another page of ours is shown; one that comes back is to be read where it was. */
export function changePlace(from: string, to: string): void {
  // Whoever was at the top comes back to the top, and sees what is new there.
  if (scrollY > 0) left.set(from, placeNow());
  else left.delete(from);
  const place = left.get(to);
  wanted = place && { ...place, href: location.href };
}

/** Until the place is there and stays, or the reader does something else. */
export function goOnReading(): void {
  if (wanted === undefined) return;
  for (const type of ["wheel", "touchstart", "keydown", "pointerdown"])
    addEventListener(type, giveUpPlace, { once: true });
  const now = performance.now();
  goOn(++look, { until: now + LONGEST_MS, movedAt: now });
}

type Going = { readonly until: number; readonly movedAt: number };

/** With each picture, because what stands above it comes and grows. */
function goOn(own: number, { until, movedAt }: Going): void {
  if (own !== look) return;
  if (wanted?.href !== location.href) return giveUpPlace();
  const by = wayTo(wanted);
  if (by !== undefined && Math.abs(by) > 1) scrollBy({ top: by, behavior: "instant" });
  const now = performance.now();
  const moved = by === undefined || Math.abs(by) > 1 ? now : movedAt;
  if (now > until || now - moved > STILL_MS) return giveUpPlace();
  requestAnimationFrame(() => goOn(own, { until, movedAt: moved }));
}

/** Pixels that are still to go; `undefined` where the place is not there yet. */
function wayTo({ y, part }: ReadingPlace): number | undefined {
  if (part === null) {
    const lowest = document.documentElement.scrollHeight - innerHeight;
    return lowest < y ? undefined : y - scrollY;
  }
  const element = document.querySelector(`[${PLACE_ATTRIBUTE}="${CSS.escape(part.id)}"]`);
  return element === null ? undefined : element.getBoundingClientRect().top - part.top;
}

function placeNow(): ReadingPlace {
  const parts = [...document.querySelectorAll(`[${PLACE_ATTRIBUTE}]`)];
  const read = parts
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.bottom > READ_BELOW_PX && box.top < innerHeight)
    .toSorted((left, right) => left.box.top - right.box.top)[0];
  const part = read && { id: read.element.getAttribute(PLACE_ATTRIBUTE) ?? "", top: read.box.top };
  return { href: location.href, y: scrollY, part: part ?? null };
}

function keepPlace(): void {
  const place = placeNow();
  try {
    if (place.y > 0) sessionStorage.setItem(KEY, JSON.stringify(place));
    else sessionStorage.removeItem(KEY);
  } catch {
    // A browser may refuse us its storage; then a page that is loaded again begins at its top.
  }
}

function takeKept(): ReadingPlace | undefined {
  try {
    const text = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return text === null ? undefined : (JSON.parse(text) as ReadingPlace);
  } catch {
    return undefined;
  }
}
