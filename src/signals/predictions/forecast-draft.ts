import type { ForecastKind, Prediction, ValueStatement } from "./prediction.ts";

/** A forecast before it is known on which block it stands. */
export type ForecastDraft = Pick<Prediction, "subject" | "dueHeight" | "calibration"> & {
  readonly kind: ForecastKind;
  readonly statement: ValueStatement;
};

/** What is not forecast, and why. */
export type MissingForecast = { readonly kind: ForecastKind; readonly subject: string | null; readonly reason: string };
