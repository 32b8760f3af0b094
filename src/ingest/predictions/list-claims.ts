import type { Insight } from "#insights";
import { type Prediction, scoreOfStatement, type Signal } from "#signals";
import { makePrediction, type Moment } from "./make-prediction.ts";

type Told = { readonly signals: readonly Signal[]; readonly insights: readonly Insight[] };

/** What the insights of a block claim about blocks to come; each insight tells of the signal in the same place. */
export function listClaims({ signals, insights }: Told, moment: Moment): Prediction[] {
  return signals.flatMap((signal, place) => {
    const score = scoreOfStatement(signal);
    const insight = insights[place];
    const claim = insight?.evidence.claim ?? null;
    if (score === undefined || insight === undefined || claim === null) return [];
    return [
      makePrediction(
        {
          kind: signal.kind,
          subject: signal.subject?.actor ?? null,
          dueHeight: claim.decidedAtHeight,
          calibration: claim.learntFrom,
          statement: {
            type: "claim",
            text: claim.text,
            probability: insight.confidence,
            score,
            // Its largest transfer says whom it is about; the others decide nothing.
            signal: { ...signal, transfers: signal.transfers.slice(0, 1) },
          },
        },
        moment,
      ),
    ];
  });
}
