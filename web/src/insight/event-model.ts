import type { ChartPoints, Insight } from "#contract";
import type { ChartModel } from "../charts/chart-model.ts";
import { formatCount } from "../format/numbers.ts";
import { formatQuantity } from "../format/quantity.ts";

type Spec = NonNullable<Insight["chart"]>;

/** As the catalogue of metrics names them; what is counted goes by the name of the series. */
const UNITS: Readonly<Partial<Record<Spec["series"]["unit"], string>>> = {
  sats: "satoshis",
  WU: "weight units",
  "coin-days": "BTC · days",
};

export function nameOfEvent({ marks: { event } }: Spec): string {
  const { fromHeight, toHeight } = event;
  return fromHeight === toHeight
    ? `block ${formatCount(fromHeight)}`
    : `blocks ${formatCount(fromHeight)} to ${formatCount(toHeight)}`;
}

/** The row of numbers that an insight stands out of, the blocks that it is about stronger than those around them. */
export function eventModel(spec: Spec, { points }: ChartPoints, category: Insight["category"]): ChartModel {
  const { series, marks } = spec;
  const { fromHeight, toHeight } = marks.event;
  const isOfEvent = ({ height }: ChartPoints["points"][number]): boolean => height >= fromHeight && height <= toHeight;
  // Miners' clocks may go back.
  const sorted = points.toSorted((left, right) => Date.parse(left.time) - Date.parse(right.time));
  const name = nameOfEvent(spec);
  return {
    unit: series.unit === "count" ? series.name.toLowerCase() : (UNITS[series.unit] ?? series.unit),
    series: [
      {
        name: series.name,
        hue: category,
        strength: 0.4,
        shape: "bars",
        points: sorted.filter((point) => !isOfEvent(point)),
      },
      {
        name: name.charAt(0).toUpperCase() + name.slice(1),
        hue: category,
        shape: "bars",
        points: sorted.filter(isOfEvent),
      },
    ],
    ...(marks.usual !== null && {
      level: { name: `usual: ${formatQuantity(series.unit, marks.usual)}`, value: marks.usual },
    }),
  };
}
