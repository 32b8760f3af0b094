import { type Picture, writeSlot } from "#insights";

export type AxisUnit = {
  /** What stands beside the name of the series. */
  readonly name: string;
  readonly write: (value: number) => string;
};

const SATS_PER_BTC = 100_000_000;

/** How the numbers of a picture are written: one unit for all of its axis. */
export function unitOf({ chart }: Picture): AxisUnit {
  switch (chart.series.unit) {
    case "sats":
      return scaled("BTC per block", SATS_PER_BTC);
    case "seconds":
      return scaled("minutes", 60);
    case "WU":
      return scaled("million WU per block", 1e6);
    case "coin-days":
      return scaled("coin days per block", 1);
    case "count":
      return scaled("per block", 1);
    default:
      return scaled(chart.series.unit, 1);
  }
}

/** "usual 9.5 sat/vB". */
export function writeUsual({ chart }: Picture): string {
  return `usual ${writeSlot({ unit: chart.series.unit, value: chart.marks.usual ?? 0 })}`;
}

function scaled(name: string, scale: number): AxisUnit {
  return {
    name,
    write: (value) => Number((value / scale).toPrecision(4)).toLocaleString("en-US", { maximumFractionDigits: 8 }),
  };
}
