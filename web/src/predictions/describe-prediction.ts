import type { ForecastList, Scorecard } from "#contract";
import { writeNumber } from "../format/intl.ts";
import { formatConfidence, formatFeeRate } from "../format/numbers.ts";
import { formatDay } from "../format/times.ts";

type Forecast = ForecastList["forecasts"][number];
type Resolved = Scorecard["resolved"][number];

/** What a prediction is about, in a few words: the page says above that all is simulated. */
export function nameOfPrediction({ kind, subject }: Pick<Resolved, "kind" | "subject">): string {
  const who = subject?.replace(/ \(simulated\)$/, "");
  switch (kind) {
    case "fee-rate":
      return `Fee, ${who ?? "any target"}`;
    case "next-difficulty":
      return "Next difficulty";
    case "next-halving":
      return "Next halving";
    case "exchange-pressure":
      return who ?? "All exchanges";
    default: {
      const words = kind.replaceAll("-", " ");
      const name = `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
      return who === undefined ? name : `${name}, ${who}`;
    }
  }
}

/** A number of a forecast in its unit: a day, a change of difficulty in percent, a leaning from −1 to 1. */
export function formatForecast(value: number, { unit, kind }: Pick<Forecast, "unit"> & { kind: string }): string {
  if (unit === "sat/vB") return formatFeeRate(value);
  if (unit === "unix-seconds") return formatDay(value * 1_000);
  const [number, decimals, end] = kind === "next-difficulty" ? [100 * value, 1, "\u00a0%"] : [value, 2, ""];
  const digits = {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: "exceptZero",
  } as const;
  return `${writeNumber(number, digits).replace("-", "−")}${end}`;
}

/** Of the interval that is shown wherever one is. */
export const SHOWN_LEVEL = 0.8;

export type Verdict = {
  readonly word: "Came true" | "Did not" | "Within" | "Outside" | "Not known";
  readonly detail: string;
};

/** What came of a prediction beside what was said. */
export function judge({ kind, statement, outcome, intervals }: Resolved): Verdict {
  if (outcome.type === "unknown") return { word: "Not known", detail: outcome.reason };
  if (outcome.type === "claim" || statement.type === "claim") {
    const said = statement.type === "claim" ? statement.probability : null;
    const came = outcome.type === "claim" && outcome.came;
    return {
      word: came ? "Came true" : "Did not",
      detail: said === null ? "no confidence said" : `said ${formatConfidence(said)}`,
    };
  }
  const shown = statement.intervals.find(({ level }) => level === SHOWN_LEVEL);
  const covered = intervals.find(({ level }) => level === SHOWN_LEVEL)?.covered ?? false;
  const text = (value: number): string => formatForecast(value, { unit: statement.unit, kind });
  const range = shown === undefined ? "" : `said ${text(shown.low)} to ${text(shown.high)}, `;
  return { word: covered ? "Within" : "Outside", detail: `${range}came ${text(outcome.value)}` };
}
