import assert from "node:assert/strict";
import { CoreEstimator } from "./opponents/core.ts";

/** Virtual bytes of the transaction that Core's test makes. */
const VSIZE = 188;
const BASE_FEE = 2_000;
/** Tolerance of Core's test, sat/kvB. */
const DELTA = 100;
const TARGETS = [2, 3, 4, 5, 6, 7, 8, 9];

/** A chain on which four transactions of each of ten fees are sent in a block, and some fees are mined. */
class TestChain {
  readonly core = new CoreEstimator();
  height = 0;
  readonly #waiting: string[][] = Array.from({ length: 10 }, () => []);

  send(): void {
    for (const [level, ids] of this.#waiting.entries()) {
      const feePerKvb = rateOf(level + 1);
      for (let copy = 0; copy < 4; copy += 1) {
        const id = `${this.height}/${level}/${copy}`;
        this.core.enter({ id, feePerKvb, alone: true }, this.height);
        ids.push(id);
      }
    }
  }

  /** Mines all that wait of the dearest so many fees. */
  mine(fees: number): void {
    const mined = this.#waiting.slice(10 - fees).flatMap((ids) => ids.splice(0));
    this.height += 1;
    this.core.connect(mined, this.height);
  }

  advance(blocks: number, fees: (height: number) => number, sends = true): void {
    for (let block = 0; block < blocks; block += 1) {
      if (sends) this.send();
      this.mine(fees(this.height));
    }
  }

  fees(): number[] {
    return TARGETS.map((target) => this.core.estimateFee(target));
  }
}

function rateOf(times: number): number {
  return Math.floor((BASE_FEE * times * 1_000) / VSIZE);
}

/** What `BlockPolicyEstimates` of Core's policyestimator_tests asks; the dearest fee is mined in each block, the cheapest in one of ten. */
export function checkCore(): number {
  const chain = new TestChain();
  let checks = 0;
  const check = (holds: boolean, what: string): void => {
    assert.ok(holds, `core: ${what}`);
    checks += 1;
  };
  const isNear = (fee: number, wanted: number): boolean => Math.abs(fee - wanted) < DELTA;
  chain.advance(3, (height) => (height % 10) + 1);
  check(isNear(chain.core.estimateFee(2), 9 * rateOf(1)), "joins buckets that have too few transactions");
  chain.advance(197, (height) => (height % 10) + 1);
  check(chain.core.estimateFee(1) === 0, "has no estimate for the next block");
  const original = chain.fees();
  for (const [index, target] of TARGETS.entries()) {
    const fee = original[index] ?? 0;
    check(index === 0 || fee <= (original[index - 1] ?? 0), "falls with the target");
    if (target % 2 === 0) check(isNear(fee, (11 - target) * rateOf(1)), `is right for target ${target}`);
  }
  const compare = (what: string, holds: (fee: number, before: number) => boolean, targets = TARGETS.length): void => {
    const fees = chain.fees().slice(0, targets);
    for (const [index, fee] of fees.entries()) check(holds(fee, original[index] ?? 0), what);
  };
  const isNoLower = (fee: number, before: number): boolean => fee === 0 || fee > before - DELTA;
  chain.advance(50, () => 0, false);
  compare("stays as it is through empty blocks", isNear);
  chain.advance(15, () => 0);
  compare("is no lower while nothing is mined", isNoLower);
  chain.mine(10);
  compare("is no lower once all was mined", isNoLower);
  chain.advance(399, () => 10);
  // The longest target was at the bottom before.
  compare("is lower where all is mined", (fee, before) => fee < before - DELTA, TARGETS.length - 1);
  return checks;
}
