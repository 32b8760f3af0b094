/**
 * A backfill from files of a Bitcoin Core node to stored rows, with a million labels: full real blocks again and again,
 * read, extracted, stored by one worker and by two, then their signals. The database is the embedded one, on the same
 * processors. MB are millions of bytes of blocks.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { type BlockVisitor, merkleRoot, scanBlock, txidOf } from "#bitcoin";
import { type ChainBlock, type ChainEvent, type FollowableSource, openSource } from "#chain";
import { chainOf, followChain } from "#ingest";
import { createLogger, sha256 } from "#lib";
import { type backfill, claimChain, type Database, migrate, openDatabase, embedded } from "#store";
import type { SocketConnection } from "#store";
import { query } from "../test/helpers/database.ts";
import type { BackfillPass, PassOrder } from "./backfill-pass.ts";
import { BENCH_SOURCE } from "./backfill-source.ts";
import type { ThreadOrder, ThreadPass } from "./backfill-thread.ts";
import { writeCoreFiles } from "./core-file-writer.ts";
import { type RealBlockFile, readRealBlockFiles } from "./real-block-files.ts";
import { runInThreads } from "./run-in-threads.ts";

const LABELS = 1_000_000;
const FULL_BLOCK_BYTES = 1_500_000;
const AT_LEAST_BYTES = 640_000_000;
const NO_KEY = new Uint8Array(8);
/** The newest blocks of files are checked whole, and these blocks' coinbases are ours. */
const LEFT_OUT = 8;

type Bench = {
  readonly db: Database;
  readonly connection: SocketConnection;
  readonly folder: string;
  readonly first: number;
  readonly last: number;
};

/** At the heights that follow from the files, a coinbase may take its block's fees alone: it takes nothing. */
function withoutReward({ block, ...file }: RealBlockFile): RealBlockFile {
  const bytes = Uint8Array.from(block);
  const view = new DataView(bytes.buffer);
  const outputs: BlockVisitor = {
    output: ({ scriptStart }, { index }) => {
      // Eight bytes of value and one of the script's length stand before it.
      if (index === 0) view.setBigUint64(scriptStart - 9, 0n, true);
    },
  };
  scanBlock(bytes, undefined, outputs);
  const txids: Uint8Array[] = [];
  const transactions: BlockVisitor = {
    transaction: (tx) => void txids.push(Buffer.from(txidOf(bytes, tx, sha256), "hex").reverse()),
  };
  scanBlock(bytes, undefined, transactions);
  bytes.set(merkleRoot(txids, sha256), 36);
  return { ...file, block: bytes };
}

async function openChain(folder: string): Promise<FollowableSource> {
  const source = await openSource({ kind: "core-files", path: folder }, BENCH_SOURCE);
  assert.ok(source.kind === "chain");
  return source;
}

/** Stores one block as if the tip were followed from there on. */
async function beginAt(db: Database, source: FollowableSource, height: number): Promise<void> {
  const blocks: ChainBlock[] = [];
  const { signal } = new AbortController();
  for await (const block of source.readRange?.({ first: height, last: height }, signal) ?? []) blocks.push(block);
  const events = blocks.map((block): ChainEvent => ({ type: "connect", block, tipHeight: height }));
  const one = {
    ...source,
    follow: () =>
      (async function* () {
        yield* events;
      })(),
  };
  await claimChain(db, chainOf(source));
  const logger = createLogger(undefined, "silent");
  await followChain({ source: one, db, held: [], onStored: () => {}, logger, signal });
}

/** Scripts that no block pays: looking them up costs as much as any. */
async function storeLabels(db: Database): Promise<void> {
  await query(
    db,
    "INSERT INTO label_versions (version, files, added, changed, removed) SELECT coalesce(max(version), 0) + 1, '{bench}', 0, 0, 0 FROM label_versions",
  );
  await query(
    db,
    "INSERT INTO label_entities (actor, kind) SELECT 'actor ' || n, 'exchange' FROM generate_series(1, 1000) AS n",
  );
  await query(
    db,
    `INSERT INTO labels (target, is_tag, category, label, source, abuse, confidence, file, entity_id, version_from)
     SELECT '\\x76a914'::bytea || substring(sha256(int4send(n)) FOR 20) || '\\x88ac'::bytea, false, '', '', '', '', '', 'bench',
            (SELECT min(id) FROM label_entities WHERE actor LIKE 'actor %') + n % 1000, (SELECT max(version) FROM label_versions)
     FROM generate_series(1, ${LABELS}) AS n`,
  );
}

/** Threads that store nothing. */
async function runThreads(bench: Bench, workers: number, extracts: boolean): Promise<number> {
  const { connection, folder, first, last } = bench;
  const gate = new Int32Array(new SharedArrayBuffer(8));
  gate[1] = workers;
  const share = Math.ceil((last - first + 1) / workers);
  const orders = Array.from({ length: workers }, (_, at): ThreadOrder => {
    const begins = first + at * share;
    return { extracts, connection, folder, first: begins, last: Math.min(begins + share - 1, last), gate };
  });
  const passes = await runInThreads<ThreadOrder, ThreadPass>(
    new URL("backfill-thread.ts", import.meta.url),
    orders,
    () => {},
  );
  return Math.max(...passes.map(({ seconds }) => seconds));
}

/** Megabytes of the database's processes: what each has of its own, and what they share once. */
function databaseMegabytes(): number {
  let [own, shared] = [0, 0];
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${entry}/status`, "utf8");
      if (!/^Name:\s+postgres$/m.test(status)) continue;
      own += Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0);
      shared = Math.max(shared, Number(/^RssShmem:\s+(\d+)/m.exec(status)?.[1] ?? 0));
    } catch {
      // It ended meanwhile.
    }
  }
  return ((own + shared) * 1024) / 1e6;
}

type Stored = BackfillPass & { readonly totalPeakMb: number };

/** The real thing, in a process of its own. */
async function runPass(bench: Bench, workers: number, only: backfill.BackfillPart): Promise<Stored> {
  const { connection, folder, first, last } = bench;
  const script = join(import.meta.dirname, "backfill-pass.ts");
  const order = JSON.stringify({ connection, folder, workers, first, last, only } satisfies PassOrder);
  const child = spawn(process.execPath, ["--max-semi-space-size=16", script, order], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (text: Buffer) => (output += text.toString()));
  let databasePeak = 0;
  const timer = setInterval(() => (databasePeak = Math.max(databasePeak, databaseMegabytes())), 250);
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearInterval(timer);
  assert.equal(code, 0, `the pass ended with ${String(code)}`);
  const pass = JSON.parse(output) as BackfillPass;
  return { ...pass, totalPeakMb: pass.rssPeakMb + databasePeak };
}

async function storeWith(bench: Bench, workers: number): Promise<Stored> {
  await query(bench.db, "DELETE FROM block_headers WHERE NOT connected");
  return runPass(bench, workers, "features");
}

async function measure(bench: Bench, megabytesOfBlock: number): Promise<Record<string, unknown>> {
  const blocks = bench.last - bench.first + 1;
  const line = (name: string, perSecond: number, more = ""): void =>
    console.log(
      `${name.padEnd(44)}${perSecond.toFixed(1).padStart(8)} blocks/s${(perSecond * megabytesOfBlock).toFixed(0).padStart(7)} MB/s${more}`,
    );
  const read = await runThreads(bench, 1, false);
  line("read, one thread", blocks / read);
  const features = [await runThreads(bench, 1, true), await runThreads(bench, 2, true)] as const;
  line("read and extracted, one thread", blocks / features[0]);
  line("read and extracted, two threads", blocks / features[1], `, ${(features[0] / features[1]).toFixed(2)} times`);
  const one = await storeWith(bench, 1);
  const two = await storeWith(bench, 2);
  const rate = ({ blocks: done, seconds }: Stored): number => done / seconds;
  const cpu = ({ blocks: done, cpuSeconds }: Stored): number => cpuSeconds / done;
  line("stored, one worker", rate(one));
  line(
    "stored, two workers",
    rate(two),
    `, ${(rate(two) / rate(one)).toFixed(2)} times, ${(cpu(two) / cpu(one)).toFixed(2)} times the processor time of a block`,
  );
  const signals = await runPass(bench, 1, "signals");
  line("signals and insights", rate(signals));
  const whole = 1 / (1 / rate(two) + 1 / rate(signals));
  line("end to end, two workers", whole);
  const rssPeakMb = Math.max(one.totalPeakMb, two.totalPeakMb, signals.totalPeakMb);
  console.log(
    `peak memory of workers and database: ${rssPeakMb.toFixed(0)} MB; load of the machine at the end ${loadavg()[0]?.toFixed(1)}`,
  );
  const years = 900_000 / whole / 3_600;
  console.log(
    `900,000 such blocks: ${years.toFixed(1)} h here; of 8 machines with a database that keeps up, ${(years / 8).toFixed(1)} h`,
  );
  const round = (value: number): number => Number(value.toFixed(2));
  return {
    blocksPerSecond: round(whole),
    megabytesPerSecond: round(whole * megabytesOfBlock),
    stages: {
      readBlocksPerSecond: round(blocks / read),
      featuresBlocksPerSecond: round(blocks / features[0]),
      featuresBlocksPerSecond2: round(blocks / features[1]),
      storedBlocksPerSecond: round(rate(one)),
      storedBlocksPerSecond2: round(rate(two)),
      signalsBlocksPerSecond: round(rate(signals)),
    },
    scaling2: {
      features: round(features[0] / features[1]),
      wall: round(rate(two) / rate(one)),
      cpuPerBlock: round(cpu(two) / cpu(one)),
    },
    rssPeakMb: Math.round(rssPeakMb),
  };
}

export async function run(): Promise<Record<string, unknown>> {
  const full = readRealBlockFiles()
    .filter(({ block }) => block.length > FULL_BLOCK_BYTES)
    .map(withoutReward);
  const place = mkdtempSync(join(tmpdir(), "utxoiq-bench-backfill-"));
  const folder = join(place, "blocks");
  const logger = createLogger(undefined, "silent");
  const files = writeCoreFiles(full, { folder, atLeast: AT_LEAST_BYTES, key: NO_KEY });
  console.log(
    `${files.blocks} blocks, ${(files.blockBytes / 1e6).toFixed(0)} MB: ${full.length} real blocks of ${(files.blockBytes / files.blocks / 1e6).toFixed(2)} MB again and again; ${LABELS.toLocaleString("en")} labels`,
  );
  const server = await embedded.startEmbeddedPostgres({ dataDir: join(place, "data"), logger });
  try {
    const { connection } = server;
    await migrate(connection);
    const db = await openDatabase({ connection, name: "bench", logger, statementTimeoutMs: 600_000 });
    const source = await openChain(folder);
    const tip = await source.tipHeight();
    await beginAt(db, source, tip - LEFT_OUT);
    await storeLabels(db);
    const bench = { db, connection, folder, first: source.firstHeight, last: tip - LEFT_OUT - 1 };
    await source.close();
    const figures = await measure(bench, files.blockBytes / files.blocks / 1e6);
    await db.destroy();
    return figures;
  } finally {
    await server.stop();
    rmSync(place, { recursive: true, force: true });
  }
}
