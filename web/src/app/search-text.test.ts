import { expect, test } from "vitest";
import { parseSearch, stringifySearch } from "./search-text.ts";

test("what the address says is read as words, never as JSON", () => {
  expect(parseSearch("?category=exchange&from=800000&q=%22a+b%22")).toEqual({
    category: "exchange",
    from: "800000",
    q: '"a b"',
  });
});

test("what is not chosen does not stand in the address", () => {
  expect(stringifySearch({ tab: undefined, category: undefined })).toBe("");
  expect(stringifySearch({ tab: "metrics", from: 7, category: undefined })).toBe("?tab=metrics&from=7");
});
