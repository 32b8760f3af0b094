/**
 * All features of real blocks, with a million labels, beside bitcoinjs-lib's mere parsing of the same blocks: each in a
 * process of its own, in turns. A full block of 1.6 MB is told apart. MB are millions of bytes of blocks.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { FeaturesPass } from "./features-pass.ts";
import { readRealBlockFiles } from "./real-block-files.ts";
import { medianOf } from "./median-of.ts";

const TURNS = 5;
const FULL_BLOCK_BYTES = 1_500_000;

function runPass(who: "utxoiq" | "bitcoinjs-lib"): FeaturesPass {
  const script = join(import.meta.dirname, "features-pass.ts");
  const data = process.argv.indexOf("--data");
  const rest = data < 0 ? [] : process.argv.slice(data, data + 2);
  const output = execFileSync(process.execPath, ["--max-semi-space-size=16", script, who, ...rest], {
    encoding: "utf8",
  });
  return JSON.parse(output) as FeaturesPass;
}

export async function run(): Promise<Record<string, unknown>> {
  const files = readRealBlockFiles();
  const full = files.filter(({ block }) => block.length > FULL_BLOCK_BYTES);
  const bytes = files.reduce((sum, { block }) => sum + block.length, 0);
  const turns = Array.from({ length: TURNS }, () => ({ ours: runPass("utxoiq"), theirs: runPass("bitcoinjs-lib") }));
  const median = (side: "ours" | "theirs", figure: keyof FeaturesPass): number =>
    medianOf(turns.map((turn) => turn[side][figure] ?? Number.NaN));
  const [all, parsed] = [median("ours", "all"), median("theirs", "all")];
  const blocksPerSecond = full.length / median("ours", "full");
  const line = (name: string, figure: string): void => console.log(`${name.padEnd(46)}${figure}`);
  const speed = (seconds: number): string => `${(bytes / 1e6 / seconds).toFixed(0).padStart(5)} MB/s`;
  line(
    `all features of ${files.length} blocks, ${median("ours", "labels")} labels`,
    `${speed(all)}, median of ${TURNS} turns`,
  );
  line("bitcoinjs-lib Block.fromBuffer of the same", `${speed(parsed)}, ratio ${(parsed / all).toFixed(2)}`);
  line(
    `all features of full blocks (${full.map(({ height }) => height).join(", ")})`,
    `${blocksPerSecond.toFixed(0).padStart(5)} blocks/s, ratio ${(median("theirs", "full") / median("ours", "full")).toFixed(2)}, ${median("ours", "heapKilobytes").toFixed(0)} kB of heap each`,
  );
  line("labels", `${median("ours", "labelsMb").toFixed(1)} MB, ${median("ours", "ofBlocks")} of them of these blocks`);
  line("peak memory with labels and blocks", `${median("ours", "rssPeakMb").toFixed(0)} MB`);
  return {
    megabytesPerSecond: Number((bytes / 1e6 / all).toFixed(1)),
    blocksPerSecond: Number(blocksPerSecond.toFixed(1)),
    ratioToBitcoinjs: Number((parsed / all).toFixed(2)),
    labels: median("ours", "labels"),
    labelsMb: Number(median("ours", "labelsMb").toFixed(1)),
    rssPeakMb: Number(median("ours", "rssPeakMb").toFixed(1)),
  };
}
