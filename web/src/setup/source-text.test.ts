import { expect, test } from "vitest";
import { NO_FIELDS, sourceText } from "./source-text.ts";

const filled = { ...NO_FIELDS, address: " 127.0.0.1:8332 " };

test.each([
  ["core", filled, "core:http://127.0.0.1:8332"],
  ["core", { ...filled, address: "https://node.example" }, "core:https://node.example"],
  ["core", { ...filled, user: "me", password: "a:b/c@d#?" }, "core:http://me:a%3Ab%2Fc%40d%23%3F@127.0.0.1:8332"],
  ["core-files", { ...NO_FIELDS, address: "/srv/bitcoin" }, "core-files:/srv/bitcoin"],
  ["esplora", { ...NO_FIELDS, address: "https://blockstream.info/api" }, "esplora:https://blockstream.info/api"],
  ["simnet", { ...NO_FIELDS, seed: "7" }, "simnet:7"],
] as const)("%s with %o is %s", (kind, fields, text) => {
  expect(sourceText(kind, fields)).toBe(text);
});
