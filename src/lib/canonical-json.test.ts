import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.ts";

test("one text for one value, in whatever order its keys came", () => {
  const value = { b: [1e-7, -0, 1e21, "ü\n"], a: { d: null, c: true, e: undefined } };
  expect(canonicalJson(value)).toBe('{"a":{"c":true,"d":null},"b":[1e-7,0,1e+21,"ü\\n"]}');
  expect(canonicalJson({ a: { c: true, d: null }, b: value.b })).toBe(canonicalJson(value));
});

test("what JSON does not know is refused", () => {
  expect(() => canonicalJson({ a: Number.NaN })).toThrow("NaN cannot be written");
});
