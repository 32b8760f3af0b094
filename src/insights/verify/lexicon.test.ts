import { expect, test } from "vitest";
import { SIGNAL_KINDS } from "#signals";
import { isKnownWord, listWords } from "./lexicon.ts";

test.each(SIGNAL_KINDS)("a writer about %s is told words that may be used, and of other kinds none", (kind) => {
  const words = listWords([kind]);
  expect(words.filter((word) => !isKnownWord(word, [kind]))).toEqual([]);
  expect(new Set(words).size).toBeGreaterThan(500);
  expect(words.includes("inscriptions")).toBe(kind === "inscription-wave");
});

test("a writer about a spending that several kinds tell of is told the words of each", () => {
  const [alone, both] = [listWords(["large-transfer"]), listWords(["large-transfer", "dormant-coins"])];
  expect(alone).not.toContain("dormant");
  expect(both).toEqual(expect.arrayContaining(["dormant", "exchange"]));
});
