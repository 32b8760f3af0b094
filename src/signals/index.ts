/**
 * Features and their recent history → what stands out. One detector per file, by what it watches: fees/, exchanges/,
 * whales/, miners/, blocks/, waves/; baseline/ says what is usual.
 * Pure: a signal depends on the last blocks' rows and nothing else, so live, backfill and restart find the same.
 * Deliberately not here: words (`insights`), rows in a database (`store`).
 * Start with detection.ts; every kind has its page in docs/signals/.
 */
export { Detection, lookBackOf } from "./detection.ts";
export { DETECTORS } from "./detectors.ts";
export type { Detector } from "./detector.ts";
export { SIGNAL_KINDS } from "./signal.ts";
export type { BlockRow, Measurement, MetricUnit, Signal, SignalKind, Surprise } from "./signal.ts";
