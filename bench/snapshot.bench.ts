/**
 * Reads a UTXO snapshot of at least 1 GB, made of real outputs, into opening balances: both passes, the hash of the set
 * included, beside `cat` of the same file. First the sums must be right, then the two are timed in turns.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRealBlockFiles } from "./real-block-files.ts";
import { type SnapshotTruth, writeSnapshotFile } from "./snapshot-file-writer.ts";
import type { SnapshotScan } from "./snapshot-scan.ts";
import { medianOf } from "./median-of.ts";

const AT_LEAST_BYTES = 1_000_000_000;
const NEEDED_DISK_BYTES = 1_500_000_000;
const ROUNDS = 5;

function scanFile(path: string): SnapshotScan {
  const script = join(import.meta.dirname, "snapshot-scan.ts");
  return JSON.parse(execFileSync(process.execPath, [script, path], { encoding: "utf8" })) as SnapshotScan;
}

function timeCat(path: string): number {
  const started = performance.now();
  execFileSync("sh", ["-c", 'exec cat "$1" > /dev/null', "sh", path]);
  return (performance.now() - started) / 1_000;
}

function assertRight(scan: SnapshotScan, truth: SnapshotTruth): void {
  assert.equal(scan.coins, truth.coins, "coins");
  assert.equal(scan.total, truth.total, "satoshis of all coins");
  assert.equal(scan.entitySats, truth.scriptHashSats, "satoshis of the entity that owns all P2SH scripts");
  assert.deepEqual(scan.large, truth.large, "scripts with 1,000 BTC and more");
  assert.match(scan.hash ?? "", /^[0-9a-f]{64}$/, "hash of the set");
}

type Round = { readonly scan: SnapshotScan; readonly cat: number };

function describe(truth: SnapshotTruth, rounds: readonly Round[]): Record<string, unknown> {
  const speed = (seconds: number): number => truth.fileBytes / 1e6 / seconds;
  const line = (name: string, seconds: number, more: string): void =>
    console.log(`${name.padEnd(36)}${speed(seconds).toFixed(0).padStart(6)} MB/s${more}`);
  const ours = medianOf(rounds.map(({ scan }) => scan.seconds));
  const cat = medianOf(rounds.map((round) => round.cat));
  const rssPeakMb = Math.max(...rounds.map(({ scan }) => scan.rssPeakMb));
  const coinsPerSecond = truth.coins / ours;
  line(
    "opening balances",
    ours,
    `, ${(coinsPerSecond / 1e6).toFixed(2)} million coins/s, median of ${rounds.length} rounds`,
  );
  line("  by the processor time of all threads", medianOf(rounds.map(({ scan }) => scan.cpuSeconds)), "");
  line("cat of the same file", cat, "");
  console.log(`peak memory: ${rssPeakMb.toFixed(0)} MB`);
  return {
    megabytesPerSecond: Number(speed(ours).toFixed(1)),
    coinsPerSecond: Math.round(coinsPerSecond),
    ratioToCat: Number((cat / ours).toFixed(3)),
    rssPeakMb: Number(rssPeakMb.toFixed(1)),
  };
}

export async function run(): Promise<Record<string, unknown>> {
  const real = readRealBlockFiles();
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize < NEEDED_DISK_BYTES) throw new Error(`needs ${NEEDED_DISK_BYTES / 1e9} GB in ${tmpdir()}`);
  const folder = mkdtempSync(join(tmpdir(), "utxoiq-bench-snapshot-"));
  try {
    const path = join(folder, "utxo.snapshot");
    const truth = writeSnapshotFile(real, path, AT_LEAST_BYTES);
    console.log(
      `${(truth.fileBytes / 1e9).toFixed(2)} GB, ${(truth.coins / 1e6).toFixed(1)} million coins: the outputs that ${real.length} real blocks spend, repeated with other scripts and small amounts`,
    );
    assertRight(scanFile(path), truth);
    console.log(`coins, sums and the ${Object.keys(truth.large).length} scripts with 1,000 BTC and more are right`);
    timeCat(path);
    const rounds = Array.from({ length: ROUNDS }, () => ({ cat: timeCat(path), scan: scanFile(path) }));
    return describe(truth, rounds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
