import { expect, test } from "vitest";
import { networkOf, parseSourceSpec } from "./open-source.ts";

test("a source is named by scheme and place", () => {
  expect(parseSourceSpec("dir:a/b:c")).toEqual({ kind: "dir", path: "a/b:c" });
  expect(parseSourceSpec("simnet:42")).toEqual({ kind: "simnet", seed: 42 });
  expect(networkOf(parseSourceSpec("simnet:42"), "mainnet")).toBe("simnet");
  expect(networkOf(parseSourceSpec("dir:x"), "testnet3")).toBe("testnet3");
});

test.each(["", "dir:", "simnet:", "simnet:one", "simnet:1234567890", "core:http://localhost"])(
  "%j is refused",
  (text) => {
    expect(() => parseSourceSpec(text)).toThrow(`"${text}" is not a source: expected dir:`);
  },
);
