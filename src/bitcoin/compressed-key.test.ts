import { secp256k1 } from "@noble/curves/secp256k1.js";
import { assert as check, bigInt, boolean, property } from "fast-check";
import { expect, test } from "vitest";
import { CompressedKeys } from "./compressed-key.ts";
import { FIELD_PRIME, squareRoot } from "./compressed-key-root.ts";

function uncompressed(x: bigint, odd: boolean): Uint8Array | undefined {
  const bytes = Buffer.from(x.toString(16).padStart(64, "0"), "hex");
  return new CompressedKeys().uncompressed(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, odd);
}

/** What the library says, which shares nothing with ours. */
function expected(x: bigint, odd: boolean): Uint8Array | undefined {
  try {
    return secp256k1.Point.fromHex((odd ? "03" : "02") + x.toString(16).padStart(64, "0")).toBytes(false);
  } catch {
    return undefined;
  }
}

const anyX = bigInt({ min: 0n, max: 2n ** 256n - 1n });

test("a key is what @noble/curves makes of it, or none for both", () => {
  check(
    property(anyX, boolean(), (x, odd) => {
      expect(uncompressed(x, odd)).toEqual(expected(x, odd));
    }),
    { numRuns: 300 },
  );
});

test.each([0n, 1n, 2n, FIELD_PRIME - 1n, FIELD_PRIME, FIELD_PRIME + 1n, 2n ** 256n - 1n, 2n ** 255n, 2n ** 240n - 1n])(
  "x = %s is what @noble/curves makes of it",
  (x) => {
    expect(uncompressed(x, false)).toEqual(expected(x, false));
    expect(uncompressed(x, true)).toEqual(expected(x, true));
  },
);

test("a square root squares to the value or to its negative", () => {
  const limbs = [0n, 1n, 4n, FIELD_PRIME - 1n, FIELD_PRIME - 4n, 2n ** 255n, 2n ** 256n - 2n ** 33n];
  const squares = (value: bigint): void => {
    const root = squareRoot(value);
    expect([value, (FIELD_PRIME - value) % FIELD_PRIME]).toContain((root * root) % FIELD_PRIME);
  };
  for (const value of limbs) squares(value);
  check(property(bigInt({ min: 0n, max: FIELD_PRIME - 1n }), squares), { numRuns: 300 });
});

test("a key that is asked for again is the same, and the other of its kind is not", () => {
  const keys = new CompressedKeys();
  const { x } = secp256k1.Point.BASE.toAffine();
  const bytes = Buffer.from(x.toString(16).padStart(64, "0"), "hex");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [odd, even] = [keys.uncompressed(view, 0, true), keys.uncompressed(view, 0, false)];
  expect(keys.uncompressed(view, 0, true)).toBe(odd);
  expect(even).toEqual(expected(x, false));
  expect(odd).toEqual(expected(x, true));
});
