import { leaningOf, PRESSURE_BLOCKS } from "../forecasts/exchange-pressure.ts";
import { FEE_TARGETS } from "../forecasts/fee-forecast.ts";
import { LONGEST_HORIZON, resolveStatement } from "../outcomes/resolve-statement.ts";
import { exchangeFlowIn } from "./exchange-flow.ts";
import type { ClaimStatement, DecidingRow, Outcome, Prediction } from "./prediction.ts";

/** Blocks that decide the longest claim, or forecast over a window: no rows older than so many are asked for. */
export const LONGEST_DECISION = Math.max(LONGEST_HORIZON, PRESSURE_BLOCKS, ...FEE_TARGETS);

/**
 * What came of a prediction, by the newest rows, ascending and without gaps; `undefined` while it is open. A block that
 * has not come yet leaves it open, and one that is not among the rows any more is not known.
 */
export function resolvePrediction(prediction: Prediction, rows: readonly DecidingRow[]): Outcome | undefined {
  const { statement, height, dueHeight } = prediction;
  const [first] = rows;
  if (first === undefined) return undefined;
  const following = rows.slice(Math.max(0, height + 1 - first.features.height));
  if (statement.type === "claim") return resolveClaim(statement, { dueHeight, following });
  const due = following.find(({ features }) => features.height === dueHeight);
  if (due === undefined) return undefined;
  const window = following.filter(({ features }) => features.height <= dueHeight);
  const value = valueOf(prediction, { due, window });
  return typeof value === "number" ? { type: "value", value } : { type: "unknown", reason: value };
}

type Claimed = { readonly dueHeight: number; readonly following: readonly DecidingRow[] };

function resolveClaim({ signal }: ClaimStatement, { dueHeight, following }: Claimed): Outcome | undefined {
  const came = resolveStatement(signal, following);
  if (came !== undefined) return { type: "claim", came };
  const isOver = (following.at(-1)?.features.height ?? 0) >= dueHeight;
  return isOver ? { type: "unknown", reason: "The blocks do not say what would decide it." } : undefined;
}

type Seen = { readonly due: DecidingRow; readonly window: readonly DecidingRow[] };

/** The number that was forecast, or why nobody knows it. */
function valueOf({ kind, subject, height, dueHeight, statement }: Prediction, { due, window }: Seen): number | string {
  if (kind === "next-halving") return due.features.time;
  if (kind === "next-difficulty") {
    return due.features.difficulty / (statement.type === "value" ? (statement.base ?? Number.NaN) : Number.NaN) - 1;
  }
  if (window.length < dueHeight - height) return "Not all of its blocks were looked at.";
  if (kind === "exchange-pressure") {
    const seen = window.map(({ features, flows }) => ({ height: features.height, entities: flows.entities }));
    return leaningOf(seen.map((flows) => exchangeFlowIn(flows, subject)));
  }
  return leastLowRate(window);
}

/** sat/vB: what it took is the least that got into one of the blocks. */
function leastLowRate(window: readonly DecidingRow[]): number | string {
  const rates = window.map(({ lowRate }) => lowRate);
  if (rates.includes(undefined)) return "Not all of its blocks were looked at.";
  const known = rates.filter((rate) => typeof rate === "number" && rate > 0);
  return known.length === 0 ? "Nothing that pays got into its blocks." : Math.min(...(known as number[]));
}
