/** A thread of the backfill benchmark: reads its share of the blocks, or extracts their features, and stores nothing. */
import { parentPort, workerData } from "node:worker_threads";
import { type ChainBlock, openSource } from "#chain";
import { createProcessContext, extractBlock, labelsOfVersion } from "#ingest";
import { createLogger } from "#lib";
import { getLabelVersion, openDatabase, type SocketConnection } from "#store";
import { BENCH_SOURCE } from "./backfill-source.ts";

export type ThreadOrder = {
  readonly extracts: boolean;
  readonly connection: SocketConnection;
  readonly folder: string;
  readonly first: number;
  readonly last: number;
  /** How many threads are ready, and how many there are: all begin together. */
  readonly gate: Int32Array;
};

export type ThreadPass = { readonly seconds: number; readonly transactions: number };

const WARM_UP_BLOCKS = 60;

const { extracts, connection, folder, first, last, gate } = workerData as ThreadOrder;
const db = await openDatabase({ connection, name: "bench", logger: createLogger(undefined, "silent"), poolSize: 1 });
const source = await openSource({ kind: "core-files", path: folder }, BENCH_SOURCE);
if (source.kind !== "chain" || source.readRange === undefined) throw new Error(`${folder} holds no chain`);
const labels = extracts ? await labelsOfVersion(db, source, await getLabelVersion(db)) : undefined;
const context = createProcessContext(source, labels === undefined ? {} : { labels });
await db.destroy();
const { signal } = new AbortController();
const visit = (block: ChainBlock): number => (extracts ? extractBlock(block, undefined, context).features.txs : 1);
// Its code is compiled then, as it is for most of a long backfill.
for await (const block of source.readRange({ first, last: Math.min(last, first + WARM_UP_BLOCKS - 1) }, signal))
  visit(block);
Atomics.add(gate, 0, 1);
Atomics.notify(gate, 0);
for (let ready = Atomics.load(gate, 0); ready < (gate[1] ?? 0); ready = Atomics.load(gate, 0)) {
  Atomics.wait(gate, 0, ready);
}
const began = performance.now();
let transactions = 0;
for await (const block of source.readRange({ first, last }, signal)) transactions += visit(block);
const pass: ThreadPass = { seconds: (performance.now() - began) / 1_000, transactions };
await source.close();
parentPort?.postMessage(pass, []);
