import type { ForecastList } from "#contract";
import { type Database, getTip, listCurrentForecasts, readHeartbeats } from "#store";
import { presentForecast } from "./present-predictions.ts";

/** Forecasts that stand, and what ingest says is missing. Of what it cannot forecast now an older one stands no more. */
export async function listForecasts(db: Database): Promise<ForecastList> {
  const [tip, current, heartbeats] = await Promise.all([getTip(db), listCurrentForecasts(db), readHeartbeats(db)]);
  // The heartbeat of an earlier version does not say.
  const missing = heartbeats.find(({ role }) => role === "ingest")?.state.missingForecasts ?? [];
  const isMissing = ({ kind, subject }: { readonly kind: string; readonly subject: string | null }): boolean =>
    missing.some((one) => one.kind === kind && one.subject === subject);
  return {
    height: tip?.height ?? null,
    forecasts: current.filter((forecast) => !isMissing(forecast)).flatMap(presentForecast),
    missing: missing.map((one) => ({ ...one })),
  };
}
