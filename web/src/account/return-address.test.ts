import { expect, test } from "vitest";
import { returnAddress } from "./return-address.ts";

test.each([
  ["/blocks/5?sort=-fees", "/blocks/5?sort=-fees"],
  ["/metrics#flows", "/metrics#flows"],
  ["//elsewhere.example", "/dashboard"],
  ["/\\elsewhere.example", "/dashboard"],
  ["/.//elsewhere.example/x", "/dashboard"],
  ["/a/..//elsewhere.example", "/dashboard"],
  ["https://elsewhere.example/", "/dashboard"],
  ["javascript:alert(1)", "/dashboard"],
  ["/\t/elsewhere.example", "/dashboard"],
  ["", "/dashboard"],
  [undefined, "/dashboard"],
])("from %j one comes back to %s", (given, page) => {
  expect(returnAddress(given)).toBe(page);
});
