import type { Prediction } from "../predictions/prediction.ts";
import { learnCalibration } from "../scoring/calibration-map.ts";
import { SIGNAL_KINDS } from "../signal.ts";
import type { Calibration } from "./calibration.ts";

/** What came of a claim. */
export type OwnOutcome = { readonly kind: Prediction["kind"]; readonly score: number; readonly came: boolean };

/** What a network's own outcomes teach about its claims, kind by kind; the version names how many there were. */
export function learnFromOwn(network: string, known: readonly OwnOutcome[]): Calibration {
  const byKind = Map.groupBy(known, ({ kind }) => kind);
  const maps = SIGNAL_KINDS.flatMap((kind) => {
    const ofKind = byKind.get(kind) ?? [];
    if (ofKind.length === 0) return [];
    const outcomes = ofKind.map(({ score, came }) => ({ score, outcome: came }));
    return [[kind, learnCalibration(outcomes, `${network}, its first ${ofKind.length} outcomes`)] as const];
  });
  return Object.fromEntries(maps);
}
