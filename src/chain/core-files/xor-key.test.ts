import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert as check, nat, property, uint8Array } from "fast-check";
import { expect, test } from "vitest";
import { readXorKey, unmask } from "./xor-key.ts";

test("every byte is XOR-ed with that of the key which its place in the file leads to", () => {
  const key = uint8Array({ minLength: 8, maxLength: 8 });
  check(
    property(key, uint8Array({ maxLength: 200 }), nat(2 ** 32), (turning, bytes, offset) => {
      const expected = bytes.map((byte, index) => byte ^ (turning[(offset + index) % 8] ?? 0));
      unmask(bytes, offset, turning);
      expect(bytes).toEqual(expected);
    }),
  );
});

test("without a file there is no key, and one of another size is refused", async () => {
  const folder = mkdtempSync(join(tmpdir(), "utxoiq-xor-"));
  expect(await readXorKey(folder)).toEqual(new Uint8Array(8));
  writeFileSync(join(folder, "xor.dat"), "short");
  await expect(readXorKey(folder)).rejects.toThrow("xor.dat has 5 bytes; the key has 8.");
});
