import type { SeriesRange } from "../server/chain-queries.ts";
import { type Line, SeriesChart } from "./series-chart.tsx";

/** The young ones move every day and would hide the old; an analyst looks at what wakes. */
const BANDS = [
  ["1m_3m", "1 to 3 months"],
  ["3m_6m", "3 to 6 months"],
  ["6m_12m", "6 to 12 months"],
  ["1y_2y", "1 to 2 years"],
  ["2y_3y", "2 to 3 years"],
  ["3y_5y", "3 to 5 years"],
  ["5y_7y", "5 to 7 years"],
  ["7y_10y", "7 to 10 years"],
  ["over_10y", "over 10 years"],
] as const;

const LINES: readonly Line[] = BANDS.map(([band, name], index) => ({
  metric: `spent_age_bands.${band}`,
  name,
  hue: "whale",
  strength: 0.2 + (0.8 * index) / (BANDS.length - 1),
  shape: "stacked",
}));

/** How old the coins were that were spent after a month or more. */
export function AgeBandsChart({ range }: { readonly range: SeriesRange }) {
  return <SeriesChart title="Spent coins older than a month" range={range} lines={LINES} />;
}
