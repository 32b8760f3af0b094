import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWithRealBlocks } from "../../../test/helpers/real-blocks.ts";
import { displayHex, type Txid } from "../hashes.ts";
import { Mempool } from "./mempool.ts";
import { assembleBlocks } from "./project-blocks.ts";
import { takeSnapshot } from "./take-snapshot.ts";

type Row = { readonly txid: Txid; readonly fee: number; readonly weight: number };

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describeWithRealBlocks("a real mempool of 2023 beside the template that Core made of it", (real) => {
  const folder = join(real.blocks, "../series/mempool-space");
  const readRows = (name: string): string[][] => {
    const [, ...lines] = readFileSync(join(folder, name), "utf8").trim().split("\n");
    return lines.map((line) => line.split(","));
  };
  const mempool = new Mempool();
  const rows: Row[] = readRows("mempool_snapshot_2023-06.csv").map((row) => {
    const [txid = "", fee, weight, , sigops, , parents = ""] = row;
    const entry = { txid: txid as Txid, fee: Number(fee), weight: Number(weight) };
    // Core counts fee rates by the virtual size, rounded up, in which a signature operation is worth 20 weight units.
    const rateWeight = 4 * Math.ceil(Math.max(entry.weight, 20 * Number(sigops)) / 4);
    mempool.add({ ...entry, rateWeight, parents: parents === "" ? [] : (parents.split(";") as Txid[]) });
    return entry;
  });
  const snapshot = takeSnapshot(mempool, { time: 0, tip: null, minFeeRate: null });
  const template = new Set(readRows("gbt_template_2023-06.csv").map(([, txid]) => txid));

  test("has the sums of its transactions", () => {
    expect(snapshot).toMatchObject({ count: 19_873, weight: sum(rows.map(({ weight }) => weight)) });
    expect(snapshot.totalFee).toBe(sum(rows.map(({ fee }) => fee)));
  });

  test("gives a first block of the same fees, nearly all of the same transactions", () => {
    const chunks = new Set(assembleBlocks(mempool)[0]);
    const { columns, table } = mempool;
    const ours = rows.filter(({ txid }) => chunks.has(columns.chunk[table.find(txid) ?? -1] ?? -1));
    const theirs = rows.filter(({ txid }) => template.has(txid));
    const both = ours.filter(({ txid }) => template.has(txid));
    const fees = (some: readonly Row[]): number => sum(some.map(({ fee }) => fee));
    const told = Buffer.from(snapshot.nextBlockTxids ?? []);
    const txids = ours.map((_, index) => displayHex(told.subarray(index * 32, index * 32 + 32)));
    expect(told).toHaveLength(ours.length * 32);
    expect(txids).toEqual(ours.map(({ txid }) => txid as string).toSorted());
    expect(snapshot.projectedBlocks[0]).toMatchObject({ count: ours.length, totalFee: fees(ours) });
    // Measured: 19,994,960 of 19,994,610 sat, 99.64 % of them of the same transactions, 1,720 of 1,767; the others pay
    // exactly 10 sat/vB on both sides, and Core has another order among equals.
    expect(fees(ours) / fees(theirs)).toBeGreaterThan(0.9999);
    expect(fees(ours) / fees(theirs)).toBeLessThan(1.0001);
    expect(fees(both) / fees(theirs)).toBeGreaterThan(0.996);
    expect(both.length / theirs.length).toBeGreaterThan(0.97);
    // Measured: 99.28 % of the template's weight.
    const weight = (some: readonly Row[]): number => sum(some.map((row) => row.weight));
    expect(weight(both) / weight(theirs)).toBeGreaterThanOrEqual(0.99);
  });
});

type Asked = {
  readonly height: number;
  readonly raw: Readonly<Record<string, RawEntry>>;
  readonly template: { readonly transactions: readonly { readonly txid: string; readonly weight: number }[] };
};

type RawEntry = {
  readonly weight: number;
  readonly vsize: number;
  readonly fees: { readonly base: number };
  readonly depends: readonly Txid[];
};

describeWithRealBlocks("a regtest node that was asked for mempool and template at once", (real) => {
  const path = join(real.blocks, "../regtest-node/rpc/mempool-snapshots.json");
  const asked = JSON.parse(readFileSync(path, "utf8")) as readonly Asked[];

  test.each(asked)("at height $height gives a first block that holds the template", ({ raw, template }) => {
    const mempool = new Mempool();
    for (const [txid, { weight, vsize, fees, depends }] of Object.entries(raw)) {
      const fee = Math.round(fees.base * 1e8);
      mempool.add({ txid: txid as Txid, fee, weight, rateWeight: 4 * vsize, parents: depends });
    }
    const { nextBlockTxids, projectedBlocks } = takeSnapshot(mempool, { time: 0, tip: null, minFeeRate: null });
    const told = Buffer.from(nextBlockTxids ?? []);
    const ours = new Set(
      template.transactions.map((_, index) => displayHex(told.subarray(index * 32, index * 32 + 32))),
    );
    const shared = template.transactions.filter(({ txid }) => ours.has(txid));
    const weight = sum(template.transactions.map((tx) => tx.weight));
    // The whole mempool fits into one block.
    expect(sum(shared.map((tx) => tx.weight))).toBe(weight);
    expect(projectedBlocks).toHaveLength(1);
    expect(projectedBlocks[0]).toMatchObject({ weight, count: template.transactions.length });
  });
});
