import { expect, test } from "vitest";
import { versionText } from "./capabilities.ts";

test.each([
  [280_100, "28.1.0"],
  [220_000, "22.0.0"],
  [310_002, "31.0.2"],
  [210_100, "0.21.1"],
])("Core's version %i is %s", (version, text) => {
  expect(versionText(version)).toBe(text);
});
