/**
 * Reads at least 2 GB of Bitcoin Core's files, made of real blocks, from the disk to sums of amounts and fees, beside
 * `cat` of the same files and bitcoinjs-lib's mere parsing of the same blocks. First the sums must be right, then the
 * three are timed in turns. MB are millions of bytes of blocks, whoever reads them.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Block } from "bitcoinjs-lib";
import { scanBlock } from "#bitcoin";
import { type CoreFiles, writeCoreFiles } from "./core-file-writer.ts";
import type { CoreFilesScan } from "./core-files-scan.ts";
import { type RealBlockFile, readRealBlockFiles } from "./real-block-files.ts";
import { medianOf } from "./median-of.ts";

const AT_LEAST_BYTES = 2_000_000_000;
const NEEDED_DISK_BYTES = 3_000_000_000;
const ROUNDS = 5;
/** Like that of a real node: eight bytes without pattern. */
const KEY = Uint8Array.from([0x1f, 0x8b, 0x53, 0xc0, 0x7a, 0xe4, 0xd2, 0x96]);
const NO_KEY = new Uint8Array(8);

/** The first block has to tell its height: there is none below it. */
function readBlocks(): RealBlockFile[] {
  const files = readRealBlockFiles();
  return [...files.slice(-1), ...files.slice(0, -1)];
}

function scanFiles(folder: string, heights: readonly number[] = []): CoreFilesScan {
  const script = join(import.meta.dirname, "core-files-scan.ts");
  const output = execFileSync(process.execPath, [script, folder, ...heights.map(String)], { encoding: "utf8" });
  return JSON.parse(output) as CoreFilesScan;
}

type Truth = { readonly transactions: number; readonly outputs: number; readonly coins: number; readonly fees: number };

/** What the `.block` and `.spent` files say; where there are Core's own figures they have to agree. */
function truthOf({ block, spent, expected, height }: RealBlockFile): Truth {
  const truth = { transactions: 0, outputs: 0, coins: 0, fees: 0 };
  scanBlock(
    block,
    { bytes: spent },
    {
      transaction: ({ index, inputs, outputs, totalIn, totalOut }) => {
        truth.transactions += 1;
        truth.outputs += outputs;
        if (index === 0) return;
        truth.coins += inputs;
        truth.fees += totalIn - totalOut;
      },
    },
  );
  if (expected !== undefined) {
    assert.equal(truth.transactions, expected.txs, `block ${height}: transactions, ours and Core's`);
    assert.equal(truth.fees, expected.totalfee, `block ${height}: fees, ours and Core's`);
  }
  return truth;
}

function assertRight(real: readonly RealBlockFile[], files: CoreFiles, scan: CoreFilesScan): void {
  const times = files.blocks / real.length;
  const truths = real.map((file) => truthOf(file));
  const total = (part: keyof Truth): number => times * truths.reduce((sum, truth) => sum + truth[part], 0);
  assert.equal(scan.blocks, files.blocks, "blocks");
  assert.equal(scan.blockBytes, files.blockBytes, "bytes of blocks");
  assert.equal(scan.transactions, total("transactions"), "transactions");
  assert.equal(scan.outputs, total("outputs"), "outputs");
  assert.equal(scan.coins, total("coins"), "spent coins");
  assert.equal(scan.fees, total("fees"), "fees");
}

function timeCat(folder: string): number {
  const files = readdirSync(folder).filter((name) => /^(blk|rev)/.test(name));
  const started = performance.now();
  execFileSync("sh", ["-c", 'exec cat "$@" > /dev/null', "sh", ...files], { cwd: folder });
  return (performance.now() - started) / 1_000;
}

/** The blocks of the first file without their key: a sample, all of them take long. */
function readSample(folder: string): Buffer[] {
  const file = readFileSync(join(folder, "blk00000.dat"));
  for (let index = 0; index < file.length; index += 1) file[index] = (file[index] ?? 0) ^ (KEY[index % 8] ?? 0);
  const blocks: Buffer[] = [];
  for (let at = 0; at < file.length; at += 8 + file.readUInt32LE(at + 4)) {
    blocks.push(file.subarray(at + 8, at + 8 + file.readUInt32LE(at + 4)));
  }
  return blocks;
}

/** Seconds for all blocks of the files, by those of the sample, which are in memory already. */
function timeParsing(sample: readonly Buffer[], files: CoreFiles): number {
  let transactions = 0;
  const started = performance.now();
  for (const block of sample) transactions += Block.fromBuffer(block).transactions?.length ?? 0;
  const seconds = (performance.now() - started) / 1_000;
  assert.ok(transactions > sample.length, "bitcoinjs-lib found transactions");
  return seconds * (files.blockBytes / sample.reduce((sum, { length }) => sum + length, 0));
}

type Round = { readonly scan: CoreFilesScan; readonly cat: number; readonly parsing: number };

function describe(files: CoreFiles, rounds: readonly Round[]): Record<string, unknown> {
  const speed = (seconds: number): number => files.blockBytes / 1e6 / seconds;
  const line = (name: string, seconds: number, more = ""): void =>
    console.log(`${name.padEnd(36)}${speed(seconds).toFixed(0).padStart(6)} MB/s${more}`);
  const ours = medianOf(rounds.map(({ scan }) => scan.seconds));
  const cpu = medianOf(rounds.map(({ scan }) => scan.cpuSeconds));
  const cat = medianOf(rounds.map((round) => round.cat));
  const parsing = medianOf(rounds.map((round) => round.parsing));
  const rssPeakMb = Math.max(...rounds.map(({ scan }) => scan.rssPeakMb));
  const index = medianOf(rounds.map(({ scan }) => scan.indexSeconds));
  line(
    "core-files, amounts and fees summed",
    ours,
    `, median of ${rounds.length} rounds; index ${(index * 1e3).toFixed(0)} ms of it`,
  );
  line("  by the processor time of all threads", cpu, ", start of the process included");
  line("cat of the same files", cat);
  line("bitcoinjs-lib Block.fromBuffer", parsing, ", by the blocks of the first file, read before");
  console.log(`peak memory of core-files: ${rssPeakMb.toFixed(0)} MB`);
  return {
    megabytesPerSecond: Number(speed(ours).toFixed(1)),
    ratioToBitcoinjs: Number((parsing / ours).toFixed(2)),
    ratioToCat: Number((cat / ours).toFixed(3)),
    rssPeakMb: Number(rssPeakMb.toFixed(1)),
  };
}

function measure(real: readonly RealBlockFile[], folder: string): Record<string, unknown> {
  const files = writeCoreFiles(real, { folder, atLeast: AT_LEAST_BYTES, key: KEY });
  console.log(
    `${(files.blockBytes / 1e9).toFixed(2)} GB of blocks in ${(files.fileBytes / 1e9).toFixed(2)} GB of files with an XOR key: ` +
      `${real.length} real blocks ${files.blocks / real.length} times (parent, target and nonce are ours; coin heights are made up)`,
  );
  console.log("as the blocks repeat, so do the public keys that are worked out for coins: ours does each of them once");
  assertRight(real, files, scanFiles(folder));
  console.log(
    "counts and fees agree with the .block and .spent files, and with Bitcoin Core's figures where there are any",
  );
  const sample = readSample(folder);
  timeCat(folder);
  timeParsing(sample, files);
  const rounds = Array.from({ length: ROUNDS }, () => ({
    cat: timeCat(folder),
    scan: scanFiles(folder),
    parsing: timeParsing(sample, files),
  }));
  const figures = describe(files, rounds);
  const features = scanFiles(
    folder,
    real.map(({ height }) => height),
  );
  assert.equal(features.transactions, rounds[0]?.scan.transactions, "transactions while extracting features");
  console.log(
    `core-files, all features extracted   ${(files.blockBytes / 1e6 / features.seconds).toFixed(0).padStart(6)} MB/s, one round`,
  );
  return figures;
}

/** The same files as a node before Core 28 writes them. */
function printWithoutKey(real: readonly RealBlockFile[], folder: string): void {
  const files = writeCoreFiles(real, { folder, atLeast: AT_LEAST_BYTES, key: NO_KEY });
  const seconds = medianOf(Array.from({ length: 3 }, () => scanFiles(folder).seconds));
  console.log(
    `core-files without a key             ${(files.blockBytes / 1e6 / seconds).toFixed(0).padStart(6)} MB/s, median of 3 rounds`,
  );
}

export async function run(): Promise<Record<string, unknown>> {
  const real = readBlocks();
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize < NEEDED_DISK_BYTES) throw new Error(`needs ${NEEDED_DISK_BYTES / 1e9} GB in ${tmpdir()}`);
  const folder = mkdtempSync(join(tmpdir(), "utxoiq-bench-core-files-"));
  try {
    const figures = measure(real, join(folder, "blocks"));
    rmSync(join(folder, "blocks"), { recursive: true });
    printWithoutKey(real, join(folder, "blocks"));
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
