/**
 * `node bench/fees/run.ts [--json] [--out FOLDER] [--blocks 1500] [--regimes calm,surge,flush]
 * [--measures packages,transactions] [--first-seed 1011] [--density demo]`: everybody is asked every ten minutes what to pay, and held against what it
 * took. Seeds 11 to 39 are for tuning; from 1001 on they are for evaluation alone. With `--json` the last line of
 * stdout is one JSON object; FOLDER gets it as fees.json, and the curves as fees.svg.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { FEE_TARGETS, INTERVAL_LEVELS } from "#signals";
import { type Answer, collect, type Measure, SETTINGS } from "./collect.ts";
import { drawCurves } from "./draw-curve.ts";
import { checkPublished } from "./published.ts";
import type { RegimeName } from "./regimes.ts";
import { overAt, scoreFees, scoreIntervals } from "./score.ts";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    out: { type: "string" },
    blocks: { type: "string", default: "1500" },
    regimes: { type: "string", default: "calm,surge,flush" },
    measures: { type: "string", default: "packages" },
    "first-seed": { type: "string", default: "1011" },
    density: { type: "string", default: "demo" },
  },
});
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const published = checkPublished(process.env["UTXOIQ_TEST_DATA"]);
for (const { estimator, source, checks } of published) say(`${estimator} does as ${source} says: ${checks} checks`);

const regimes = options.regimes.split(",") as RegimeName[];
const measures = options.measures.split(",") as Measure[];
const density = options.density === "realistic" ? "realistic" : "demo";
const stretches = regimes.map((regime, index) => {
  const seed = Number(options["first-seed"]) + index;
  const started = performance.now();
  const collected = collect({ regime, measures, seed, blocks: Number(options.blocks), density });
  say(`${regime}, seed ${seed}: ${Math.round((performance.now() - started) / 1_000)} s`);
  return { regime, seed, ...collected };
});
const names = stretches[0]?.names ?? [];
const all = stretches.flatMap(({ answers }) => answers);

/** How each opponent did and what we overpay at its miss rate. */
function compare(answers: readonly Answer[], target: number) {
  const curve = SETTINGS.map((setting, index) => ({
    ...setting,
    ...scoreFees(answers.map(({ ours, needed }) => ({ paid: ours[index] ?? null, needed }))),
  }));
  const opponents = names.flatMap((estimator, index) => {
    const score = scoreFees(answers.map(({ opponents, needed }) => ({ paid: opponents[index] ?? null, needed })));
    if (score.n === 0) return [];
    const ours = overAt(curve, score.missRate) ?? null;
    return [{ estimator, target, ...score, ours, less: ours === null ? null : ours < score.meanOver }];
  });
  return { target, curve, opponents };
}

function compareAll(answers: readonly Answer[], measure: Measure) {
  const measured = answers.filter((answer) => answer.measure === measure);
  return FEE_TARGETS.map((target) =>
    compare(
      measured.filter((answer) => answer.target === target),
      target,
    ),
  );
}

const pooled = compareAll(all, "packages");
const byRegime = stretches.map(({ regime, seed, answers }) => ({
  regime,
  seed,
  measures: measures.map((measure) => ({ measure, targets: compareAll(answers, measure) })),
}));
const intervals = FEE_TARGETS.flatMap((target) => {
  const answers = all.filter((answer) => answer.measure === "packages" && answer.target === target);
  if (answers.length === 0) return [];
  return INTERVAL_LEVELS.map((_, index) => ({
    name: `fee rate within ${target} blocks`,
    ...scoreIntervals(answers, index),
    empirical: scoreIntervals(answers, index, "empirical"),
  }));
});
/** What too little may cost of ours that are listed beside the others: as bad as paying so many times the fee. */
const LISTED = new Set([5, 8, 11]);
const fees = pooled.flatMap(({ target, curve, opponents }) => [
  ...curve.flatMap(({ missCost, missRate, meanOver, n }, index) =>
    n > 0 && LISTED.has(index) ? [{ estimator: `utxoiq ${missCost.toFixed(2)}`, target, missRate, meanOver }] : [],
  ),
  ...opponents.map(({ estimator, missRate, meanOver }) => ({ estimator, target, missRate, meanOver })),
]);
const result = {
  simulated: true,
  density,
  blocks: Number(options.blocks),
  fees,
  intervals,
  published,
  pooled,
  byRegime,
};

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
  const drawings = byRegime.flatMap(({ regime, seed, measures }) => {
    const three = measures[0]?.targets.find(({ target }) => target === 3);
    return three === undefined ? [] : [{ title: `${regime}, seed ${seed}, within 3 blocks (simulated)`, ...three }];
  });
  writeFileSync(join(options.out, "fees.svg"), drawCurves(drawings));
}
if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
