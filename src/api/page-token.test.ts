import { expect, test } from "vitest";
import { decodeInsightToken, pageOf } from "./page-token.ts";

test.each(["0", "0.06079271", "1.3036659", "12", "1e-20"])("a page goes on after a hit of the rank %s", (rank) => {
  const { nextPageToken } = pageOf([1, 2], 1, () => ({ before: 268, rank }));
  expect(decodeInsightToken(nextPageToken ?? "")).toEqual({ before: 268, rank, height: undefined });
});

test.each(["NaN", "1e-60", "1e30", "0 OR 1"])("a rank of %s is none that was given out", (rank) => {
  const token = Buffer.from(`p268r${rank}`).toString("base64url");
  expect(() => decodeInsightToken(token)).toThrow("not one that this server gave out");
});
