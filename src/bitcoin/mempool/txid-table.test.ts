import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Txid } from "../hashes.ts";
import { TxidTable } from "./txid-table.ts";

/** Ids of which many begin alike, so that they want the same place in the table. */
const txids = fc
  .tuple(fc.constantFrom("00000000", "ffffffff", "000007ff", "00000800"), fc.nat({ max: 40 }))
  .map(([begin, number]) => `${begin}${number.toString(16).padStart(56, "0")}` as Txid);

const steps = fc.array(fc.record({ txid: txids, adds: fc.boolean() }), { maxLength: 200 });

describe("the table of transaction ids", () => {
  test("knows what was put in and not taken out", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const table = new TxidTable();
        const slots = new Map<Txid, number>();
        for (const { txid, adds } of all) {
          if (adds) slots.set(txid, table.insert(txid));
          else {
            const slot = table.find(txid);
            expect(slot).toBe(slots.get(txid));
            if (slot !== undefined) table.remove(slot);
            slots.delete(txid);
          }
        }
        expect(table.size).toBe(slots.size);
        expect(new Set(slots.values()).size).toBe(slots.size);
        for (const [txid, slot] of slots) {
          expect(table.find(txid)).toBe(slot);
          expect(table.txidAt(slot)).toBe(txid);
        }
        const visited: number[] = [];
        table.forEach((slot) => visited.push(slot));
        expect(visited.toSorted((a, b) => a - b)).toEqual([...slots.values()].toSorted((a, b) => a - b));
      }),
    );
  });

  test("grows, and uses the room of those that went", () => {
    const table = new TxidTable();
    const idOf = (number: number): Txid =>
      Math.imul(number, 0x9e3779b1).toString(16).replace("-", "f").padEnd(64, "a") as Txid;
    const all = Array.from({ length: 5_000 }, (_, number) => idOf(number));
    for (const txid of all) table.insert(txid);
    const { capacity } = table;
    for (const txid of all.slice(0, 4_000)) table.remove(table.find(txid) ?? -1);
    for (const txid of all) table.insert(txid);
    expect(table.size).toBe(new Set(all).size);
    expect(table.capacity).toBe(capacity);
    expect(all.every((txid) => table.txidAt(table.find(txid) ?? -1) === txid)).toBe(true);
  });

  test("orders ids as their text", () => {
    fc.assert(
      fc.property(txids, txids, (left, right) => {
        const table = new TxidTable();
        const order = table.compare(table.insert(left), table.insert(right));
        expect(Math.sign(order)).toBe(left < right ? -1 : left > right ? 1 : 0);
      }),
    );
  });
});
