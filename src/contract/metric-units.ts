export const metricUnits = [
  "sats",
  "sat/vB",
  "count",
  "percent",
  "ratio",
  "seconds",
  "days",
  "coin-days",
  "H/s",
  "WU",
] as const;
