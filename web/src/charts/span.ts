/** From one moment to another, in milliseconds since 1970. */
export type Span = { readonly from: number; readonly to: number };

/** No chart shows less: blocks are minutes apart. */
const SHORTEST_MS = 10 * 60_000;

/** So many steps of an axis: what comes in moves its end seldom, and never by more than an eye sees. */
const STEPS = 256;

/** What all of them lie in, a little more; `undefined` without any. */
export function spanOfAll(spans: readonly Span[]): Span | undefined {
  if (spans.length === 0) return undefined;
  const from = Math.min(...spans.map((span) => span.from));
  const to = Math.max(...spans.map((span) => span.to), from + SHORTEST_MS);
  const step = 2 ** Math.floor(Math.log2((to - from) / STEPS));
  return { from: Math.floor(from / step) * step, to: Math.ceil(to / step) * step };
}

/** Of it what lies in `bounds`; `undefined` where that is all of them. */
export function clampSpan({ from, to }: Span, bounds: Span): Span | undefined {
  const length = Math.max(to - from, SHORTEST_MS);
  if (length >= bounds.to - bounds.from) return undefined;
  const begin = Math.min(Math.max(from, bounds.from), bounds.to - length);
  return { from: begin, to: begin + length };
}

/** Each key and how far what is shown moves by it, and grows, as parts of its length. */
const MOVES: Readonly<Record<string, { readonly by: number; readonly times: number }>> = {
  ArrowLeft: { by: -0.25, times: 1 },
  ArrowRight: { by: 0.25, times: 1 },
  "+": { by: 0, times: 0.5 },
  "=": { by: 0, times: 0.5 },
  "-": { by: 0, times: 2 },
  "0": { by: 0, times: Infinity },
};

export const isZoomKey = (key: string): boolean => MOVES[key] !== undefined;

/** Where a key leads from what is shown; `undefined` for all of it. */
export function spanAfterKey(key: string, shown: Span, bounds: Span): Span | undefined {
  const { by, times } = MOVES[key] ?? { by: 0, times: 1 };
  const length = shown.to - shown.from;
  const middle = shown.from + length * (0.5 + by);
  return clampSpan({ from: middle - (length * times) / 2, to: middle + (length * times) / 2 }, bounds);
}
