/**
 * Features and their recent history → what stands out. One detector per file; each declares its look-back.
 * Pure: a signal depends on block rows and nothing else, so live, backfill and restart find the same.
 * Deliberately not here: words (`insights`), rows in a database (`store`), forecasts and confidence (not built yet).
 * Start with detect-signals.ts; every kind has its page in docs/signals/.
 */
export { DETECTORS, detectSignals, LOOK_BACK } from "./detect-signals.ts";
export type {
  BlockRow,
  Detector,
  FeeLevelSignal,
  LargeTransferSignal,
  Signal,
  SignalKind,
  Surprise,
} from "./signal.ts";
