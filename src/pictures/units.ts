import { type Picture, writeSlot } from "#insights";

export type AxisUnit = {
  /** What stands beside the name of the series. */
  readonly name: string;
  readonly write: (value: number) => string;
};

const SATS_PER_BTC = 100_000_000;

const SI = [
  { scale: 1e21, name: "ZH/s" },
  { scale: 1e18, name: "EH/s" },
  { scale: 1e15, name: "PH/s" },
  { scale: 1e12, name: "TH/s" },
  { scale: 1e9, name: "GH/s" },
  { scale: 1e6, name: "MH/s" },
  { scale: 1, name: "H/s" },
] as const;

/** How the numbers of a picture are written: one unit for all of its axis. */
export function unitOf({ chart, points }: Picture): AxisUnit {
  const largest = Math.max(0, ...points.map(({ value }) => Math.abs(value ?? 0)));
  switch (chart.series.unit) {
    case "sats":
      return scaled("BTC", SATS_PER_BTC);
    case "seconds":
      return scaled("minutes", 60);
    case "WU":
      return scaled("million WU", 1e6);
    case "coin-days":
      return scaled("coin days", 1);
    case "count":
      return scaled("per block", 1);
    case "H/s": {
      const { name, scale } = SI.find((each) => largest >= each.scale) ?? { name: "H/s", scale: 1 };
      return scaled(name, scale);
    }
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
