import { expect, test } from "vitest";
import { bytes } from "../../test/fixtures/hand-built-block.ts";
import { coinbaseText } from "./coinbase-text.ts";

test.each([
  ["plain ASCII, control characters left out", "03a1b2c3002f706f6f6c2f0aff7f", "/pool/"],
  ["characters of two to four bytes", "c3a9e282bff09f909f", "é₿🐟"],
  ["a character that is cut off", "41e282", "A"],
  ["half of a surrogate pair, which is no text", "41eda08042", "AB"],
  ["an overlong form of a null byte", "41e0808042f080808043", "ABC"],
  ["a C1 control character", "41c28542", "AB"],
  ["what lies beyond Unicode", "41f490808042f5", "AB"],
])("reads %s", (_what, hex, text) => {
  expect(coinbaseText(bytes(hex))).toBe(text);
});
