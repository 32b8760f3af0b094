import { expect, test } from "vitest";
import { findPlaces } from "./find-places.ts";

const PLACES = [
  { title: "Blocks", kind: "page", path: "/blocks" },
  { title: "Median fee rate", kind: "metric", path: "/series/feerate_p50" },
  { title: "Fees", kind: "metric", path: "/series/totalfee" },
];
const HASH = "ab".repeat(32);
const paths = (text: string): string[] => findPlaces(text, PLACES).map(({ path }) => path);

test("a number is a block's height, however it is written", () => {
  expect(paths("840,000")[0]).toBe("/blocks/840000");
  expect(paths(" 7 ")[0]).toBe("/blocks/7");
  expect(paths("block 7")[0]).toBe("/blocks/7");
});

test("64 digits are a transaction or a block, what they look like first", () => {
  expect(paths(HASH)).toEqual([`/transactions/${HASH}`, `/blocks/${HASH}`]);
  const mined = `00000000${HASH.slice(8)}`;
  expect(paths(mined)[0]).toBe(`/blocks/${mined}`);
});

test("a transaction is found by how its id begins, also as it stands shortened", () => {
  const found = (text: string) => findPlaces(text, PLACES, [HASH]).map(({ path }) => path);
  expect(found("abab")).toEqual([`/transactions/${HASH}`]);
  expect(found("ababab…ababab")).toEqual([`/transactions/${HASH}`]);
  expect(found("bbbb")).toEqual([]);
});

test("words find what has all of them, what begins with them first, and nothing finds all", () => {
  expect(paths("fee metric")).toEqual(["/series/feerate_p50", "/series/totalfee"]);
  expect(paths("fee")).toEqual(["/series/totalfee", "/series/feerate_p50"]);
  expect(paths("moon")).toEqual([]);
  expect(paths("")).toHaveLength(PLACES.length);
});
