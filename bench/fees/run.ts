/**
 * `node bench/fees/run.ts [--json] [--out FOLDER] [--blocks 1500] [--regimes calm,surge,flush]
 * [--measures packages,transactions] [--first-seed 31] [--density demo]`: everybody is asked every ten minutes what to pay, and held against what it
 * took. Seeds 11 to 39 are for tuning; from 1001 on they are for evaluation alone. With `--json` the last line of
 * stdout is one JSON object; FOLDER gets it as fees.json, and the curves as fees.svg.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Measure, Stretch } from "./collect.ts";
import { drawCurves, listCurves } from "./draw-curve.ts";
import { evaluateFees } from "./evaluate-fees.ts";
import { checkPublished } from "./published.ts";
import type { RegimeName } from "./regimes.ts";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    out: { type: "string" },
    blocks: { type: "string", default: "1500" },
    regimes: { type: "string", default: "calm,surge,flush" },
    measures: { type: "string", default: "packages" },
    "first-seed": { type: "string", default: "31" },
    density: { type: "string", default: "demo" },
  },
});
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const published = checkPublished(process.env["UTXOIQ_TEST_DATA"]);
for (const { estimator, source, checks } of published) say(`${estimator} does as ${source} says: ${checks} checks`);

const measures = options.measures.split(",") as Measure[];
const density: Stretch["density"] = options.density === "realistic" ? "realistic" : "demo";
const stretches = (options.regimes.split(",") as RegimeName[]).map((regime, index) => ({
  regime,
  measures,
  seed: Number(options["first-seed"]) + index,
  blocks: Number(options.blocks),
  density,
}));
const evaluated = await evaluateFees(stretches, ({ regime, seed }) => say(`${regime}, seed ${seed}: done`));
const { byRegime, intervals } = evaluated;
const result = { simulated: true, density, blocks: Number(options.blocks), published, ...evaluated };

for (const { regime, measures } of byRegime) {
  for (const { measure, targets } of measures) {
    for (const { target, opponents } of targets) {
      for (const { estimator, missRate, meanOver, ours, less } of opponents) {
        const verdict = ours === null ? "out of our reach" : `ours ${ours.toFixed(3)}${less ? "" : "  NOT LESS"}`;
        say(
          `${regime} ${measure} ${target}: ${estimator} misses ${missRate.toFixed(3)}, over ${meanOver.toFixed(3)}, ${verdict}`,
        );
      }
    }
  }
}
for (const { name, nominal, coverage, width, winkler, n, empirical } of intervals) {
  say(
    `${name} ${nominal}: covers ${coverage.toFixed(3)} of ${n}, width ${width.toFixed(2)}, Winkler ${winkler.toFixed(2)} (rolling quantiles ${empirical.winkler.toFixed(2)})`,
  );
}
if (options.out !== undefined) {
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, "fees.json"), `${JSON.stringify(result)}\n`);
  writeFileSync(join(options.out, "fees.svg"), drawCurves(listCurves(evaluated)));
}
if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
