import { type Calibration, learnFromOwn, type OwnOutcome, type Resolution } from "#signals";
import type { DecidedClaim } from "#store";

/** What a network's own outcomes teach about its claims, kind by kind. */
export class OwnOutcomes {
  readonly #network: string;
  readonly #known: OwnOutcome[];
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
    this.#calibration ??= learnFromOwn(this.#network, this.#known);
    return this.#calibration;
  }
}
