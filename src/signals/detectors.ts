import type { Detector } from "./detector.ts";
import { inflowSpike, outflowSpike } from "./exchanges/flow-spike.ts";
import { feeSpike } from "./fees/fee-spike.ts";
import { largeTransfer } from "./whales/large-transfer.ts";

/** Every detector there is. */
export const DETECTORS: readonly Detector[] = [feeSpike, inflowSpike, outflowSpike, largeTransfer];
