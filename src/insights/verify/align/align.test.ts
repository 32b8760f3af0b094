import { describe, expect, test } from "vitest";
import { INSIGHTS } from "../../../../test/helpers/verifier/texts.ts";
import { verifyText } from "../verify-text.ts";

const about = (headline: string) => {
  const insight = INSIGHTS.find((one) => one.headline.startsWith(headline));
  if (insight === undefined) throw new Error(`no insight begins with "${headline}"`);
  return insight;
};
const words = (text: string, headline: string): string[] => verifyText(text, about(headline)).map(({ quote }) => quote);

describe("a text says what the insight's own text says", () => {
  test("in words of one of its sentences, or in others that mean the same", () => {
    expect(words("Fees climbed to 33 sat/vB, far above the usual.", "Fees rose to 33")).toEqual([]);
    expect(words("Fees climbed to 33 sat/vB and stayed there.", "Fees rose to 33")).toEqual(["stayed"]);
  });

  test("a caution is the insight's own: of whom nothing is known, nobody says that he is labelled", () => {
    const caution = "Neither side is known: it may be a payment, or a move between wallets of one owner.";
    expect(words(caution, "10,000 BTC moved")).toEqual([]);
    expect(words("Both sides are labelled, as different owners.", "10,000 BTC moved")).toEqual(["Both", "as"]);
    expect(words("Both sides are labelled, as different owners.", "1,762 BTC moved from Brindle")).toEqual([]);
  });

  test("what it denies is denied, and what it does not deny is not", () => {
    const left = "Coins that left an exchange cannot be traded there.";
    expect(words(left, "4,692 BTC left")).toEqual([]);
    expect(words(left.replace("cannot", "can"), "4,692 BTC left")).not.toEqual([]);
    expect(words("Coins at an exchange cannot be traded there.", "1,598 BTC came")).not.toEqual([]);
  });

  test("what is possible is not said to be so, nor what happened to be possible", () => {
    const slow = "If it lasts, blocks come slower than they did.";
    expect(words(slow, "The hash rate fell by 26.1")).toEqual([]);
    expect(words("Blocks come slower than they did.", "The hash rate fell by 26.1")).not.toEqual([]);
    expect(words("If the hash rate falls by 26.1 %, blocks come slower.", "The hash rate fell by 26.1")).not.toEqual(
      [],
    );
    expect(words("Fees rose to 33 sat/vB and may rise further.", "Fees rose to 33")).not.toEqual([]);
  });
});
