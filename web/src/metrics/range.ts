import { readZoomSearch, type ZoomSearch } from "../charts/zoom-search.ts";
import type { SeriesRange } from "../server/chain-queries.ts";

/** How far back a chart goes. */
export const RANGES = [
  { id: "1d", word: "1 day", days: 1 },
  { id: "7d", word: "7 days", days: 7 },
  { id: "30d", word: "30 days", days: 30 },
  { id: "90d", word: "90 days", days: 90 },
  { id: "1y", word: "1 year", days: 365 },
  { id: "all", word: "All", days: 10_000 },
] as const;

export const RESOLUTIONS = [
  { id: "auto", word: "Fitting" },
  { id: "block", word: "Blocks" },
  { id: "hour", word: "Hours" },
  { id: "day", word: "Days" },
] as const;

export type RangeId = (typeof RANGES)[number]["id"];
export type ResolutionId = (typeof RESOLUTIONS)[number]["id"];

/** As it stands in an address; what is usual does not. */
export type RangeSearch = ZoomSearch & { readonly range?: RangeId; readonly by?: ResolutionId };

const USUAL: RangeId = "30d";

export function readRangeSearch(search: Readonly<Record<string, unknown>>): RangeSearch {
  const range = RANGES.find(({ id }) => id === search["range"])?.id;
  const by = RESOLUTIONS.find(({ id }) => id === search["by"])?.id;
  return {
    ...(range === undefined || range === USUAL ? {} : { range }),
    ...(by === undefined || by === "auto" ? {} : { by }),
    ...readZoomSearch(search),
  };
}

export function rangeOf({ range = USUAL, by = "auto" }: RangeSearch): SeriesRange & { readonly id: RangeId } {
  const days = RANGES.find(({ id }) => id === range)?.days ?? 30;
  return { id: range, days, resolution: by };
}
