import { expect, test } from "vitest";
import { shorten } from "./shorten.ts";

test("the middle is left out, never of what is short", () => {
  expect(shorten("0123456789abcdef")).toBe("012345…abcdef");
  expect(shorten("0123456789abc")).toBe("0123456789abc");
  expect(shorten("0123456789abcdef", 4)).toBe("0123…cdef");
});
