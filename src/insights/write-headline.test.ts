import { expect, test } from "vitest";
import { HEADLINE_LENGTH, writeHeadline } from "./write-headline.ts";

const name = (value: string) => ({ unit: "name", value }) as const;

test("a headline fits in its line: names that are too long lose their ends, the longest first", () => {
  const slots = {
    sender: name("A".repeat(60)),
    winner: name("Bay Exchange"),
    value: { unit: "sats", value: 4e11 },
  } as const;
  const headline = writeHeadline("{value} moved from {sender} to {winner}", slots);
  expect(headline).toHaveLength(HEADLINE_LENGTH);
  expect(headline).toMatch(/^4,000 BTC moved from A+… to Bay Exchange$/);
  expect(writeHeadline("{value} came to {winner}", slots)).toBe("4,000 BTC came to Bay Exchange");
});
