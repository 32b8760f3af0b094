import type { Calibration } from "./calibration.ts";

/** Made by `npm run eval -- --learn` from outcomes on the tuning seeds of the simulated network. */
export const SIMULATED_OUTCOMES: Calibration = {};
