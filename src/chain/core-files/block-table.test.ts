import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { BlockTable, NONE } from "./block-table.ts";

function hashNumber(number: number): Uint8Array {
  return createHash("sha256").update(String(number)).digest();
}

test("every block is found by its hash, however many there are, and none is there twice", () => {
  const table = new BlockTable();
  const entry = (number: number) => ({
    hash: hashNumber(number),
    bits: 1,
    time: 6 + number,
    file: 2,
    offset: number,
    size: 4,
    transactions: 5,
  });
  for (let number = 0; number < 5_000; number += 1) {
    expect(table.add(entry(number))).toBe(number);
    if (number % 7 === 0) expect(table.add(entry(number))).toBe(NONE);
  }
  for (let number = 0; number < 5_000; number += 1) expect(table.find(hashNumber(number))).toBe(number);
  expect(table.find(hashNumber(5_000))).toBe(NONE);
  expect(table.count).toBe(5_000);
  expect(table.findHash(table.hashOf(1_234))).toBe(1_234);
  expect(table.offsets[4_999]).toBe(4_999);
  expect(table.times[4_999]).toBe(5_005);
});
