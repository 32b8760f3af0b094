import type { CalibrationMap } from "../scoring/calibration-map.ts";
import type { SignalKind } from "../signal.ts";

/** What was learnt from the outcomes of one network, by kind. */
export type Calibration = Readonly<Partial<Record<SignalKind, CalibrationMap>>>;
