/**
 * How far the quiet background of the simulated network is from the real one, quantity by quantity:
 * `UTXOIQ_TEST_DATA=… node scripts/simnet-distances.ts [--seed 42] [--blocks 144] [--warm-up 34] [--days 28] [--json]`.
 * Numbers are compared by their Kolmogorov-Smirnov distance, categories by total variation: 0 is alike, 1 is nothing in
 * common. The distances between the real blocks themselves say how much is usual.
 */
import { parseArgs } from "node:util";
import { compareBlocks, compareDays, type Distance } from "./simnet-distances/compare.ts";
import { hasRealData, readRealData } from "./simnet-distances/real-sample.ts";
import { simulateBlocks, simulateDays } from "./simnet-distances/simulated-sample.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "42" },
    blocks: { type: "string", default: "144" },
    "warm-up": { type: "string", default: "34" },
    days: { type: "string", default: "28" },
    json: { type: "boolean", default: false },
  },
});
const folder = process.env["UTXOIQ_TEST_DATA"];
const [seed, blocks, warmUp, days] = [values.seed, values.blocks, values["warm-up"], values.days].map(Number);

if (!hasRealData(folder)) {
  process.stderr.write(
    "There is nothing to compare with: set UTXOIQ_TEST_DATA to the folder of real blocks and series (CONTRIBUTING.md tells more).\n",
  );
  process.exitCode = 1;
} else if (![seed, blocks, warmUp, days].every((number) => Number.isSafeInteger(number) && Number(number) >= 0)) {
  process.stderr.write("--seed, --blocks, --warm-up and --days are whole numbers.\n");
  process.exitCode = 1;
} else {
  print(measure({ seed: seed ?? 0, blocks: blocks ?? 0, warmUp: warmUp ?? 0, days: days ?? 0 }, folder));
}

type Plan = { readonly seed: number; readonly blocks: number; readonly warmUp: number; readonly days: number };

function measure(plan: Plan, from: string): Distance[] {
  const real = readRealData(from);
  return [...compareBlocks(simulateBlocks(plan), real), ...compareDays(simulateDays(plan.seed, plan.days), real)];
}

function print(distances: readonly Distance[]): void {
  if (values.json) {
    process.stdout.write(`${JSON.stringify(distances, undefined, 2)}\n`);
    return;
  }
  for (const { quantity, measure: by, distances: found, realSpread, simulated, real } of distances) {
    const each = Object.entries(found).map(([name, distance]) => `${name} ${distance.toFixed(2)}`);
    const spread =
      realSpread === undefined
        ? ""
        : ` | real among themselves ${realSpread.map((one) => one.toFixed(2)).join(" to ")}`;
    process.stdout.write(`${quantity} (${by}): ${each.join(", ")}${spread}\n`);
    process.stdout.write(`    simulated ${simulated}\n    real      ${real}\n`);
  }
}
