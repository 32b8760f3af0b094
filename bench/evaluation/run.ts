/**
 * `npm run eval [-- --json] [--learn] [--staged-blocks N] [--quiet-blocks N]`: simulates seeds that no detector was tuned on, looks
 * for what stands out and holds it against what was staged. Writes docs/reference/evaluation.md, unless fewer blocks
 * were asked for. `--learn` does the same with the tuning seeds, and writes what their outcomes teach instead. With `--json` the last line of stdout is one JSON object of figures.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { drawCurves, listCurves } from "../fees/draw-curve.ts";
import { drawReliability } from "./draw-reliability.ts";
import { evaluate } from "./evaluation.ts";
import { writeCalibration } from "./learn.ts";
import { figuresOf } from "./figures.ts";
import { BLOCKS, EVALUATION_SEEDS, FEE_STRETCHES, TUNING_SEEDS } from "./seeds.ts";
import { listDrawn, writeReport } from "./write-report.ts";

const PAGE = join(import.meta.dirname, "../../docs/reference/evaluation.md");

const IMAGES = join(import.meta.dirname, "../../docs/images");

const LEARNT = join(import.meta.dirname, "../../src/signals/calibration/simulated-outcomes.ts");

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    learn: { type: "boolean", default: false },
    "staged-blocks": { type: "string", default: String(BLOCKS.staged) },
    "quiet-blocks": { type: "string", default: String(BLOCKS.quiet) },
  },
});

const [staged, quiet] = [Number(values["staged-blocks"]), Number(values["quiet-blocks"])];
if (![staged, quiet].every((blocks) => Number.isSafeInteger(blocks) && blocks > 0)) {
  process.stderr.write("--staged-blocks and --quiet-blocks are whole numbers above 0.\n");
  process.exitCode = 1;
} else {
  const seeds = values.learn ? TUNING_SEEDS : EVALUATION_SEEDS;
  const orders = [
    ...seeds.staged.map((seed) => ({ seed, isStaged: true, blocks: staged })),
    ...seeds.quiet.map((seed) => ({ seed, isStaged: false, blocks: quiet })),
  ];
  const version = `simulated network, seeds ${seeds.staged.join(", ")} with everything staged, ${seeds.quiet.join(", ")} with nothing staged`;
  const isWhole = staged === BLOCKS.staged && quiet === BLOCKS.quiet;
  const feeStretches = FEE_STRETCHES.map((stretch) => ({
    ...stretch,
    blocks: isWhole ? BLOCKS.fees : Math.min(BLOCKS.fees, staged),
    density: "demo" as const,
    measures: ["packages" as const],
  }));
  const evaluation = await evaluate({ orders, version, feeStretches: values.learn ? [] : feeStretches }, (progress) => {
    process.stderr.write(`${progress}\n`);
  });
  const report = writeReport(evaluation);
  if (isWhole && values.learn) writeFileSync(LEARNT, writeCalibration(evaluation.learnt));
  if (isWhole && !values.learn) {
    writeFileSync(PAGE, report);
    writeFileSync(join(IMAGES, "reliability-simulated.svg"), drawReliability(listDrawn(evaluation.claims)));
    writeFileSync(join(IMAGES, "fees-simulated.svg"), drawCurves(listCurves(evaluation.fees)));
  }
  process.stdout.write(values.json ? `${JSON.stringify({ seeds, ...figuresOf(evaluation) })}\n` : report);
}
