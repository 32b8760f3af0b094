/**
 * All features of real blocks, with a million labels, beside bitcoinjs-lib's mere parsing of the same blocks. First the
 * results must be right, then the two are timed in turns. A full block of 1.6 MB is told apart.
 */
import assert from "node:assert/strict";
import { Block } from "bitcoinjs-lib";
import { NETWORKS, scanBlock } from "#bitcoin";
import { type ExtractedBlock, extractFeatures, type FeatureContext } from "#features";
import { type CompiledLabels, LabelCompiler } from "#labels";
import { sha256 } from "#lib";
import { type RealBlockFile, readRealBlockFiles } from "./real-block-files.ts";

const LABELS = 1_000_000;
const ACTORS = 1_000;
/** Of the scripts that the blocks spend from, one in so many has a label. */
const ONE_IN = 20;
const ROUNDS = 15;
const WARM_UP_ROUNDS = 3;
const FULL_BLOCK_BYTES = 1_500_000;

/** The same numbers in every run. Source: mulberry32. */
function randomWords(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** Forms of today's scripts: what stands before, how many bytes are hashed, what stands behind. */
const FORMS = [
  [[0x76, 0xa9, 20], 20, [0x88, 0xac]],
  [[0xa9, 20], 20, [0x87]],
  [[0, 20], 20, []],
  [[0, 32], 32, []],
  [[0x51, 32], 32, []],
] as const;

function madeUpScript(next: () => number): Uint8Array {
  const [before, size, behind] = FORMS[next() % FORMS.length] ?? FORMS[0];
  return Uint8Array.from([...before, ...Array.from({ length: size }, () => next() & 0xff), ...behind]);
}

/** A million labels: some of the scripts in the blocks, the rest made up. */
function compileLabels(files: readonly RealBlockFile[]): { labels: CompiledLabels; ofBlocks: number } {
  const compiler = new LabelCompiler();
  const next = randomWords(866_342);
  const add = (script: Uint8Array): void => {
    const actor = `actor ${next() % ACTORS}`;
    compiler.add({ script, tag: null, actor, kind: "exchange", confidence: null, date: null });
  };
  let ofBlocks = 0;
  for (const { block, spent } of files) {
    const visitor = {
      spent: ({ scriptStart, scriptEnd }: { scriptStart: number; scriptEnd: number }) => {
        if (next() % ONE_IN !== 0) return;
        add(spent.slice(scriptStart, scriptEnd));
        ofBlocks += 1;
      },
    };
    scanBlock(block, { bytes: spent }, visitor);
  }
  for (let made = 0; made < LABELS; made += 1) add(madeUpScript(next));
  return { labels: compiler.finish(1), ofBlocks };
}

function extract({ block, spent, height }: RealBlockFile, context: FeatureContext): ExtractedBlock {
  return extractFeatures({ height, block, spent: { bytes: spent } }, context);
}

function parse({ block }: RealBlockFile): Block {
  return Block.fromBuffer(Buffer.from(block.buffer, block.byteOffset, block.byteLength));
}

function assertRight(files: readonly RealBlockFile[], context: FeatureContext): void {
  let coverage = 0;
  for (const file of files) {
    const { features, flows } = extract(file, context);
    assert.equal(features.txs, parse(file).transactions?.length, `block ${file.height}: transactions, ours and theirs`);
    if (file.expected !== undefined)
      assert.equal(features.totalfee, file.expected.totalfee, `block ${file.height}: fees`);
    coverage = Math.max(coverage, flows?.labelCoverage ?? 0);
  }
  assert.ok(coverage > 1 / ONE_IN / 4, "labels are found in the blocks");
}

type Pass = (files: readonly RealBlockFile[]) => number;

function timed(pass: Pass, files: readonly RealBlockFile[], transactions: number): number {
  const started = performance.now();
  const seen = pass(files);
  const seconds = (performance.now() - started) / 1_000;
  assert.equal(seen, transactions, "transactions seen while timing");
  return seconds;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >> 1] ?? Number.NaN;
}

/** Kilobytes of the heap that one extraction takes, by what the heap grows where nothing is collected meanwhile. */
function allocationOf(file: RealBlockFile, context: FeatureContext): number {
  const grown = Array.from({ length: 31 }, () => {
    const before = process.memoryUsage().heapUsed;
    extract(file, context);
    return process.memoryUsage().heapUsed - before;
  });
  return medianOf(grown.filter((bytes) => bytes > 0)) / 1_000;
}

function compare(files: readonly RealBlockFile[], context: FeatureContext): { ours: number; theirs: number } {
  const transactions = files.reduce((sum, file) => sum + extract(file, context).features.txs, 0);
  const ours: Pass = (all) => all.reduce((sum, file) => sum + extract(file, context).features.txs, 0);
  const theirs: Pass = (all) => all.reduce((sum, file) => sum + (parse(file).transactions?.length ?? 0), 0);
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) [ours, theirs].forEach((pass) => pass(files));
  const times = Array.from({ length: ROUNDS }, () => ({
    ours: timed(ours, files, transactions),
    theirs: timed(theirs, files, transactions),
  }));
  return { ours: medianOf(times.map((time) => time.ours)), theirs: medianOf(times.map((time) => time.theirs)) };
}

export async function run(): Promise<Record<string, unknown>> {
  const files = readRealBlockFiles();
  const full = files.filter(({ block }) => block.length > FULL_BLOCK_BYTES);
  const { labels, ofBlocks } = compileLabels(files);
  const context: FeatureContext = { network: NETWORKS.mainnet, labels, sha256 };
  assertRight(files, context);
  const rssPeakMb = (process.resourceUsage().maxRSS * 1_024) / 1e6;
  const bytes = files.reduce((sum, { block }) => sum + block.length, 0);
  const all = compare(files, context);
  const large = compare(full, context);
  const kilobytes = full[0] === undefined ? Number.NaN : allocationOf(full[0], context);
  const line = (name: string, figure: string): void => console.log(`${name.padEnd(46)}${figure}`);
  const speed = (seconds: number): string => `${(bytes / 1e6 / seconds).toFixed(0).padStart(5)} MB/s`;
  line(`all features of ${files.length} blocks, ${labels.scripts} labels`, speed(all.ours));
  line(
    "bitcoinjs-lib Block.fromBuffer of the same",
    `${speed(all.theirs)}, ratio ${(all.theirs / all.ours).toFixed(2)}`,
  );
  line(
    `all features of full blocks (${full.map(({ height }) => height).join(", ")})`,
    `${(full.length / large.ours).toFixed(0).padStart(5)} blocks/s, ratio ${(large.theirs / large.ours).toFixed(2)}, ${kilobytes.toFixed(0)} kB of heap each`,
  );
  line("labels", `${(labels.bytes / 1e6).toFixed(1)} MB, ${ofBlocks} of them of these blocks`);
  line("peak memory with labels and blocks", `${rssPeakMb.toFixed(0)} MB, before bitcoinjs-lib is timed`);
  return {
    megabytesPerSecond: Number((bytes / 1e6 / all.ours).toFixed(1)),
    blocksPerSecond: Number((full.length / large.ours).toFixed(1)),
    ratioToBitcoinjs: Number((all.theirs / all.ours).toFixed(2)),
    labels: labels.scripts,
    labelsMb: Number((labels.bytes / 1e6).toFixed(1)),
    rssPeakMb: Number(rssPeakMb.toFixed(1)),
  };
}
