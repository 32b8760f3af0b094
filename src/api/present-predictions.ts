import { forecastKind, type ForecastList, type Scorecard } from "#contract";
import { invariant } from "#lib";
import type { KindScores, ResolvedPrediction } from "#store";
import { isoTime } from "./present.ts";

type Prediction = ResolvedPrediction["prediction"];
type Forecast = ForecastList["forecasts"][number];
type Resolved = Scorecard["resolved"][number];

export function presentForecast(prediction: Prediction): Forecast[] {
  const { kind, statement } = prediction;
  if (statement.type !== "value" || !isForecastKind(kind)) return [];
  return [{ ...presentSaid(prediction), kind, ...presentValue(statement) }];
}

export function presentResolved({ seq, hash, prediction, outcome, score, ...block }: ResolvedPrediction): Resolved {
  const { kind, statement } = prediction;
  return {
    ...presentSaid(prediction),
    kind,
    statement:
      statement.type === "claim"
        ? { type: "claim", text: statement.text, probability: statement.probability }
        : { type: "value", ...presentValue(statement) },
    outcome: { ...outcome },
    resolvedAt: { height: block.height, blockHash: block.blockHash, time: isoTime(block.time) },
    brier: score.brier,
    intervals: score.intervals.map((one) => ({ ...one })),
    entry: { seq, hash },
  };
}

export function presentKind({ claims, intervals, ...counts }: KindScores): Scorecard["kinds"][number] {
  return {
    ...counts,
    claims:
      claims === undefined
        ? null
        : {
            cameTrue: claims.cameTrue,
            withProbability: claims.withProbability,
            brier: known(claims.brier),
            skill: known(claims.skill),
            calibrationError: known(claims.calibrationError),
            bins: claims.bins.map((bin) => ({ ...bin })),
          },
    intervals: intervals.map((one) => ({ ...one })),
  };
}

/** A mean of nothing is not known. */
function known(mean: number | undefined): number | null {
  return mean === undefined || Number.isNaN(mean) ? null : mean;
}

function presentSaid({ id, subject, height, blockHash, time, dueHeight, live, calibration }: Prediction) {
  return { id, subject, height, blockHash, madeAt: isoTime(time), dueHeight, live, calibration };
}

function presentValue({ unit, rule, median, intervals }: Extract<Prediction["statement"], { type: "value" }>) {
  invariant(unit === "sat/vB" || unit === "ratio" || unit === "unix-seconds", `nothing is forecast in ${unit}`);
  return { unit, rule, median, intervals: intervals.map((one) => ({ ...one })) };
}

function isForecastKind(kind: string): kind is Forecast["kind"] {
  return forecastKind.options.some((one) => one === kind);
}
