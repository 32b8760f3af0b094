import type { Detector } from "./detector.ts";
import { inflowSpike, outflowSpike } from "./exchanges/flow-spike.ts";
import { feeSpike } from "./fees/fee-spike.ts";
import { coinDaysDestroyed, revivedSupply } from "./spending/aged-coins.ts";
import { dormancy } from "./spending/dormancy.ts";
import { coinjoinWave, consolidationWave, inscriptionWave } from "./waves/wave.ts";
import { largeTransfer } from "./whales/large-transfer.ts";

/** Every detector there is. */
export const DETECTORS: readonly Detector[] = [
  feeSpike,
  inflowSpike,
  outflowSpike,
  largeTransfer,
  coinDaysDestroyed,
  revivedSupply,
  dormancy,
  inscriptionWave,
  consolidationWave,
  coinjoinWave,
];
