/**
 * How fast the simulated network makes blocks, in both densities, and how much memory that takes over many blocks (10,000
 * of the demo density, or `--blocks NUMBER`). First both have to be the chains whose digests are checked in. MB are
 * millions of bytes of blocks. Every part is a process of its own.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { GOLDENS } from "../test/helpers/simnet-digest.ts";
import type { SimnetPass } from "./simnet-pass.ts";

const SEED = 42;
const ROUNDS = 3;
/** Blocks that are made before, while there is little to do yet, and those that are timed. */
const TIMED = { demo: [200, 2_700], realistic: [20, 80] } as const;

/** As package.json starts the program. */
const AS_STARTED = "--max-semi-space-size=16";

type Density = keyof typeof TIMED;
type Part = { readonly seed: number; readonly density: Density; readonly from: number; readonly to: number };

function runPass(task: "digest" | "time", { seed, density, from, to }: Part): SimnetPass {
  const script = join(import.meta.dirname, "simnet-pass.ts");
  const args = [AS_STARTED, script, task, String(seed), density, String(from), String(to)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as SimnetPass;
}

function readBlocks(): number {
  const at = process.argv.indexOf("--blocks");
  const blocks = at < 0 ? 10_000 : Number(process.argv[at + 1]);
  assert.ok(Number.isSafeInteger(blocks) && blocks >= 10, "--blocks is a whole number from 10 on");
  return blocks;
}

function median(passes: readonly SimnetPass[]): SimnetPass {
  const middle = passes.toSorted((left, right) => left.seconds - right.seconds)[passes.length >> 1];
  assert.ok(middle !== undefined);
  return middle;
}

/** Of the demo density's digest, which is that of the most blocks. */
function checkGoldens(): string {
  for (const { seed, density, blocks, sha256 } of GOLDENS) {
    const pass = runPass("digest", { seed, density, from: 0, to: blocks });
    assert.equal(pass.sha256, sha256, `SHA-256 of ${blocks} blocks of the ${density} density`);
    console.log(`${density.padEnd(12)}${blocks.toLocaleString("en")} blocks have the digest that is checked in`);
  }
  return GOLDENS.find(({ density }) => density === "demo")?.sha256 ?? "";
}

function time(density: Density): { readonly blocksPerSecond: number; readonly megabytesPerSecond: number } {
  const [from, to] = TIMED[density];
  const passes = Array.from({ length: ROUNDS }, () => runPass("time", { seed: SEED, density, from, to }));
  const { blocks, bytes, seconds } = median(passes);
  const [blocksPerSecond, megabytesPerSecond] = [blocks / seconds, bytes / 1e6 / seconds];
  console.log(
    `${density.padEnd(12)}${blocksPerSecond.toFixed(1).padStart(7)} blocks/s, ${megabytesPerSecond.toFixed(1).padStart(6)} MB/s, median of ${ROUNDS} rounds`,
  );
  return { blocksPerSecond, megabytesPerSecond };
}

export async function run(): Promise<Record<string, unknown>> {
  const blocks = readBlocks();
  const sha256 = checkGoldens();
  const demo = time("demo");
  const realistic = time("realistic");
  const { rssPeakMb, rssMb } = runPass("time", { seed: SEED, density: "demo", from: 0, to: blocks });
  console.log(`memory      ${rssPeakMb} MB at most over ${blocks.toLocaleString("en")} blocks of the demo density;`);
  console.log(`            after each tenth of them ${rssMb.join(", ")} MB`);
  return {
    demoBlocksPerSecond: Number(demo.blocksPerSecond.toFixed(1)),
    realisticBlocksPerSecond: Number(realistic.blocksPerSecond.toFixed(2)),
    realisticMegabytesPerSecond: Number(realistic.megabytesPerSecond.toFixed(1)),
    rssPeakMb,
    sha256,
  };
}
