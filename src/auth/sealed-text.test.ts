import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { openSealed, sealText } from "./sealed-text.ts";

const key = randomBytes(32);
const TEXT = "core:http://me:pässwort@10.0.0.7:8332";

test("what is sealed says nothing, twice something else, and is opened by the same key", () => {
  const sealed = sealText(key, "setting", TEXT);
  expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain("8332");
  expect(sealText(key, "setting", TEXT)).not.toBe(sealed);
  expect(openSealed(key, "setting", sealed)).toBe(TEXT);
  expect(openSealed(key, "setting", sealText(key, "setting", ""))).toBe("");
});

test("another key, another thing, or one bit that is not as it was, opens nothing", () => {
  const sealed = sealText(key, "setting", TEXT);
  expect(openSealed(randomBytes(32), "setting", sealed)).toBeUndefined();
  expect(openSealed(key, "answer", sealed)).toBeUndefined();
  for (const [index] of Buffer.from(sealed, "base64url").entries()) {
    const changed = Buffer.from(sealed, "base64url");
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(openSealed(key, "setting", changed.toString("base64url"))).toBeUndefined();
  }
  for (const none of ["", "AAAA", sealed.slice(0, 20)]) expect(openSealed(key, "setting", none)).toBeUndefined();
});
