import { expect, test } from "vitest";
import type { Txid } from "../hashes.ts";
import { listChunks } from "./list-chunks.ts";
import { Mempool } from "./mempool.ts";

const id = (name: string): Txid => name.repeat(32) as Txid;

test("a child that pays for its parent is one chunk with it, the cheapest chunk stands first", () => {
  const mempool = new Mempool();
  mempool.add({ txid: id("aa"), fee: 100, weight: 400, parents: [] });
  mempool.add({ txid: id("bb"), fee: 1_900, weight: 400, parents: [id("aa")] });
  mempool.add({ txid: id("cc"), fee: 300, weight: 800, parents: [] });
  expect(listChunks(mempool)).toEqual([
    { feeRate: 1.5, weight: 800 },
    { feeRate: 10, weight: 800 },
  ]);
  mempool.remove(id("bb"));
  expect(listChunks(mempool).map(({ feeRate }) => feeRate)).toEqual([1, 1.5]);
});
