import { type Calibration, learnCalibration, type Prediction, type Resolution, SIGNAL_KINDS } from "#signals";
import type { DecidedClaim } from "#store";

type Known = { readonly kind: Prediction["kind"]; readonly score: number; readonly came: boolean };

/** What a network's own outcomes teach about its claims, kind by kind. */
export class OwnOutcomes {
  readonly #network: string;
  readonly #known: Known[];
  #calibration: Calibration | undefined;

  constructor(network: string, decided: readonly DecidedClaim[]) {
    this.#network = network;
    this.#known = [...decided];
  }

  add({ prediction: { kind, statement }, outcome }: Resolution): void {
    if (statement.type !== "claim" || outcome.type !== "claim") return;
    this.#known.push({ kind, score: statement.score, came: outcome.came });
    this.#calibration = undefined;
  }

  /** Learnt anew only where there is something new. */
  get calibration(): Calibration {
    this.#calibration ??= this.#learn();
    return this.#calibration;
  }

  #learn(): Calibration {
    const byKind = Map.groupBy(this.#known, ({ kind }) => kind);
    const maps = SIGNAL_KINDS.flatMap((kind) => {
      const known = byKind.get(kind) ?? [];
      if (known.length === 0) return [];
      const outcomes = known.map(({ score, came }) => ({ score, outcome: came }));
      return [[kind, learnCalibration(outcomes, `${this.#network}, its first ${known.length} outcomes`)] as const];
    });
    return Object.fromEntries(maps);
  }
}
