import type { Evaluation } from "./evaluation.ts";

/** The evaluation as one JSON object of figures. */
export function figuresOf({ blocks, kinds, claims, inHouse, speed, fees, forecasts, ...rates }: Evaluation) {
  const byKind = new Map(claims.filter((claim) => claim.of === "kind").map((claim) => [claim.name, claim]));
  return {
    blocks,
    kinds: kinds.map(({ n, ...score }) => {
      const claim = byKind.get(score.kind);
      return {
        ...score,
        n,
        claims: claim?.n ?? 0,
        ece: claim?.ece ?? null,
        brier: claim?.brier ?? null,
        brierSkill: claim?.brierSkill ?? null,
      };
    }),
    families: claims.filter((claim) => claim.of !== "kind").map(({ bins: _, ...claim }) => claim),
    intervals: [...fees.intervals, ...forecasts].map(({ name, nominal, coverage, width, winkler, n, empirical }) => ({
      name,
      nominal,
      coverage,
      width,
      winkler,
      winklerOfRollingQuantiles: empirical.winkler,
      n,
    })),
    fees: fees.fees,
    inHouseShuffles: inHouse.shuffles,
    inHouseAlarms: inHouse.alarms,
    duplicateRate: rates.duplicateRate,
    duplicateInsightRate: rates.duplicateInsightRate,
    blocksPerSecond: speed.blocksPerSecond,
  };
}
