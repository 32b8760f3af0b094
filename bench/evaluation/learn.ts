import { type Calibration, learnCalibration, type SignalKind } from "#signals";
import type { SeedResult } from "./evaluate-seed.ts";

/** What is learnt from outcomes, by kind; `version` says whose they are. */
export function learn(results: readonly SeedResult[], version: string): Calibration {
  const byKind = Map.groupBy(
    results.flatMap(({ outcomes }) => outcomes),
    ({ kind }) => kind,
  );
  const learnt: Partial<Record<SignalKind, ReturnType<typeof learnCalibration>>> = {};
  for (const [kind, outcomes] of byKind) learnt[kind] = learnCalibration(outcomes, version);
  return learnt;
}

/** The module that holds it. */
export function writeCalibration(calibration: Calibration): string {
  const rounded = JSON.stringify(calibration, (_, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(6)) : value,
  );
  return [
    'import type { Calibration } from "./calibration.ts";',
    "",
    "/** Made by `npm run eval -- --learn` from outcomes on the tuning seeds of the simulated network. */",
    `export const SIMULATED_OUTCOMES: Calibration = ${rounded};`,
    "",
  ].join("\n");
}
