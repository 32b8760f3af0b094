/**
 * Insights as a person reads them: `node scripts/print-insights.ts <seed>,<seed> <blocks>` prints the newest of each kind of
 * simulated chains, and with UTXOIQ_TEST_DATA those of the real blocks of that folder.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { simulateInsights } from "../bench/verifier/simulate-insights.ts";
import { listRealInsights } from "./print-insights/real-insights.ts";
import { newestOfKinds } from "./print-insights/newest-of-kinds.ts";
import { printInsight } from "./print-insights/print-insight.ts";

const [seeds = "12", blocks = "9000"] = process.argv.slice(2);
const simulated = seeds
  .split(",")
  .flatMap((seed) => simulateInsights({ seed: Number(seed), blocks: Number(blocks) }).insights);
print(`Simulated chains, seeds ${seeds}, ${blocks} blocks`, newestOfKinds(simulated));

const folder = process.env["UTXOIQ_TEST_DATA"] ?? "";
if (existsSync(join(folder, "blocks"))) print("Real blocks", await listRealInsights(folder));

function print(title: string, insights: readonly Parameters<typeof printInsight>[0][]): void {
  process.stdout.write(`## ${title}\n\n${insights.map(printInsight).join("\n\n")}\n\n`);
}
