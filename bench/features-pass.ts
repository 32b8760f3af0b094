/**
 * A process of its own, so that its memory and its garbage are its own: extracts all features of the real blocks, with a
 * million labels, or has bitcoinjs-lib parse the same blocks. First the results must be right, then it is timed. Prints
 * one JSON object.
 */
import assert from "node:assert/strict";
import { Block } from "bitcoinjs-lib";
import { NETWORKS, scanBlock } from "#bitcoin";
import { type ExtractedBlock, extractFeatures, type FeatureContext } from "#features";
import { type CompiledLabels, LabelCompiler } from "#labels";
import { sha256 } from "#lib";
import { pseudoRandom } from "../test/helpers/pseudo-random.ts";
import { medianOf } from "./median-of.ts";
import { type RealBlockFile, readRealBlockFiles } from "./real-block-files.ts";

const LABELS = 1_000_000;
const ACTORS = 1_000;
/** Of the scripts that the blocks spend from, one in so many has a label. */
const ONE_IN = 20;
const ROUNDS = 25;
const WARM_UP_ROUNDS = 6;
const FULL_BLOCK_BYTES = 1_500_000;

export type FeaturesPass = {
  /** Seconds for one pass over all blocks, and over the full ones alone: medians. */
  readonly all: number;
  readonly full: number;
  readonly rssPeakMb: number;
  /** Of ours alone. */
  readonly labels?: number;
  readonly labelsMb?: number;
  readonly ofBlocks?: number;
  readonly heapKilobytes?: number;
};

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
  const random = pseudoRandom(866_342);
  const next = (): number => random() * 2 ** 32;
  const add = (script: Uint8Array): void => {
    const actor = `actor ${next() % ACTORS}`;
    compiler.add({ script, tag: null, actor, kind: "exchange", confidence: null, edited: null });
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

type CountTransactions = (file: RealBlockFile) => number;

/** Median seconds of a pass; every pass has to see all transactions, so none can be optimised away. */
function timePasses(files: readonly RealBlockFile[], count: CountTransactions): number {
  const transactions = files.reduce((sum, file) => sum + (parse(file).transactions?.length ?? 0), 0);
  const times = Array.from({ length: WARM_UP_ROUNDS + ROUNDS }, () => {
    const started = performance.now();
    const seen = files.reduce((sum, file) => sum + count(file), 0);
    const seconds = (performance.now() - started) / 1_000;
    assert.equal(seen, transactions, "transactions seen while timing");
    return seconds;
  });
  return medianOf(times.slice(WARM_UP_ROUNDS));
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

function peakMegabytes(): number {
  return (process.resourceUsage().maxRSS * 1_024) / 1e6;
}

function passOurs(files: readonly RealBlockFile[], full: readonly RealBlockFile[]): FeaturesPass {
  const { labels, ofBlocks } = compileLabels(files);
  const context: FeatureContext = { network: NETWORKS.mainnet, labels, sha256 };
  const count: CountTransactions = (file) => extract(file, context).features.txs;
  for (const file of files) count(file);
  const rssPeakMb = peakMegabytes();
  assertRight(files, context);
  return {
    all: timePasses(files, count),
    full: timePasses(full, count),
    rssPeakMb,
    labels: labels.scripts,
    labelsMb: labels.bytes / 1e6,
    ofBlocks,
    heapKilobytes: full[0] === undefined ? Number.NaN : allocationOf(full[0], context),
  };
}

function passTheirs(files: readonly RealBlockFile[], full: readonly RealBlockFile[]): FeaturesPass {
  const count: CountTransactions = (file) => parse(file).transactions?.length ?? 0;
  return { all: timePasses(files, count), full: timePasses(full, count), rssPeakMb: peakMegabytes() };
}

const files = readRealBlockFiles();
const full = files.filter(({ block }) => block.length > FULL_BLOCK_BYTES);
const pass = process.argv[2] === "bitcoinjs-lib" ? passTheirs(files, full) : passOurs(files, full);
process.stdout.write(`${JSON.stringify(pass)}\n`);
