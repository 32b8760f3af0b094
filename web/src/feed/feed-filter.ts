import type { Insight } from "#contract";
import { type Category, CHOICES } from "./category.ts";

/** What the feed shows; what is missing narrows nothing. It stands in the address, so that a view can be kept and sent. */
export type FeedFilter = {
  readonly category?: Category;
  readonly kind?: string;
  readonly status?: Insight["status"];
  /** Least confidence in percent. */
  readonly confidence?: number;
  /** How far back the blocks go, by the chain's clock. */
  readonly since?: (typeof TIMES)[number]["id"];
  /** When that is, ISO 8601: from when the feed was asked for. */
  readonly from?: string;
  readonly q?: string;
};

export const TIMES = [
  { id: "24h", word: "Last 24 h", hours: 24 },
  { id: "7d", word: "Last 7 days", hours: 168 },
] as const;

/** Of a filter in which nothing is chosen. */
export const NOTHING = {
  category: undefined,
  kind: undefined,
  confidence: undefined,
  status: undefined,
  since: undefined,
  q: undefined,
} as const;

export const STATUSES = ["preliminary", "confirmed", "retracted"] as const;
export const CONFIDENCES = [50, 60, 70, 80, 90] as const;
const KIND = /^[a-z-]{3,40}$/;
const MOST_CHARACTERS = 200;

/** What is not known, or not said, is left out. */
export function readFilter(search: Readonly<Record<string, unknown>>): FeedFilter {
  const category = CHOICES.find((choice) => choice === search["category"]);
  const status = STATUSES.find((one) => one === search["status"]);
  const confidence = CONFIDENCES.find((one) => String(one) === String(search["confidence"]));
  const kind = typeof search["kind"] === "string" && KIND.test(search["kind"]) ? search["kind"] : undefined;
  const since = TIMES.find(({ id }) => id === search["since"])?.id;
  const q = typeof search["q"] === "string" ? search["q"].slice(0, MOST_CHARACTERS) : "";
  return {
    ...(category === undefined || category === "all" ? {} : { category }),
    ...(kind === undefined ? {} : { kind }),
    ...(status === undefined ? {} : { status }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(since === undefined ? {} : { since }),
    ...(q.trim() === "" ? {} : { q }),
  };
}

/** The same as the server is asked. */
export function parametersOf({ category, kind, status, confidence, from, q }: FeedFilter): URLSearchParams {
  const parameters = new URLSearchParams();
  if (category !== undefined) parameters.set("category", category);
  if (kind !== undefined) parameters.set("kind", kind);
  if (status !== undefined) parameters.set("status", status);
  if (confidence !== undefined) parameters.set("minConfidence", String(confidence / 100));
  if (from !== undefined) parameters.set("from", from);
  if (q !== undefined) parameters.set("q", q.trim());
  return parameters;
}

/** Whether an insight that the stream tells belongs to what is shown. Words are looked for as they are written. */
export function belongsTo({ category, kind, status, confidence, from, q }: FeedFilter): (insight: Insight) => boolean {
  const words = (q ?? "").toLowerCase().split(/\s+/);
  return (insight) =>
    (category === undefined || insight.category === category) &&
    (kind === undefined || insight.kind === kind) &&
    (status === undefined || insight.status === status) &&
    (confidence === undefined || (insight.confidence ?? 0) * 100 >= confidence) &&
    (from === undefined || insight.blockTime >= from) &&
    words.every((word) => `${insight.headline} ${insight.summary}`.toLowerCase().includes(word));
}

/** How many parts of the filter are in use beside words and category, which are always to be seen. */
export function countHidden({ kind, status, confidence, since }: FeedFilter): number {
  return [kind, status, confidence, since].filter((part) => part !== undefined).length;
}

/** `fee-spike` → `Fee spike` */
export function nameOfKind(kind: string): string {
  const words = kind.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
