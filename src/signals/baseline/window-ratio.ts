import { BUDGET_BLOCKS } from "./judge.ts";
import { normalTail } from "./normal-tail.ts";

/** Two stretches side by side, in blocks: the last `now`, and the `before` in front of them. */
export type Windows = { readonly now: number; readonly before: number };

/**
 * Spread (standard deviation) of the logarithm of the ratio of two block rates, octaves, while the true rate stands
 * still: waits are exponential, so that of n blocks is 1/√n.
 */
export function ratioSpread({ now, before }: Windows): number {
  return Math.sqrt(1 / now + 1 / before) / Math.LN2;
}

/**
 * How many spreads the ratio passes so often as the budget allows, above or below, while the true rate stands still.
 * The ratio of neighbouring windows is locally a random walk: correlation 1 − C·h after h blocks, and such a process
 * passes a high level z at the rate C·z²·(1 − Φ(z)).
 * Sources: Pickands (1969), Upcrossing probabilities for stationary Gaussian processes; Leadbetter, Lindgren & Rootzén
 * (1983), Extremes and Related Properties of Random Sequences and Processes, 12.2.
 * @param budget events in {@link BUDGET_BLOCKS}
 */
export function ratioLevel({ now, before }: Windows, budget: number): number {
  const [a, b] = [1 / now, 1 / before];
  const decay = (a * a + (a + b) ** 2 + b * b) / (a + b) / 2;
  const rateAt = (z: number) => 2 * BUDGET_BLOCKS * decay * z * z * normalTail(z);
  // The rate falls from z = 2 on.
  let [least, most] = [2, 10];
  for (let step = 0; step < 40; step += 1) {
    const middle = (least + most) / 2;
    if (rateAt(middle) > budget) least = middle;
    else most = middle;
  }
  return most;
}
