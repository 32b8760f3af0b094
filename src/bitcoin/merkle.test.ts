import { sha256 } from "@noble/hashes/sha2.js";
import { describe, expect, test } from "vitest";
import { bytesFromDisplayHex, displayHex } from "./hashes.ts";
import { merkleRoot, merkleTree } from "./merkle.ts";

/** Transaction ids and root of mainnet block 100,000. */
const BLOCK_100000 = {
  txids: [
    "8c14f0db3df150123e6f3dbbf30f8b955a8249b62ac1d1ff16284aefa3d06d87",
    "fff2525b8931402dd09222c50775608f75787bd2b87e56995a7bdd30f79702c4",
    "6359f0868171b1d194cbee1af2f16ea598ae8fad666d9b012c8ed2b79a236ec4",
    "e9a66845e05d5abc0ad04ec80f774a7e585c6e8db975962d069a522137b80c1d",
  ],
  root: "f3e94742aca4b5ef85488dc37c06c3282295ffec960994b2c0d5ac2a25a95766",
};

const leaves = (count: number) => Array.from({ length: count }, (_, index) => new Uint8Array(32).fill(index + 1));

describe("merkleRoot", () => {
  test("of mainnet block 100,000", () => {
    expect(displayHex(merkleRoot(BLOCK_100000.txids.map(bytesFromDisplayHex), sha256))).toBe(BLOCK_100000.root);
  });

  test("of one hash is that hash, of none is zero", () => {
    expect(merkleRoot(leaves(1), sha256)).toEqual(leaves(1)[0]);
    expect(merkleRoot([], sha256)).toEqual(new Uint8Array(32));
  });

  test.each([3, 5, 6, 7])("of %i hashes repeats the last of an odd level", (count) => {
    const padded = leaves(count);
    if (count % 2 === 1) padded.push(...padded.slice(-1));
    if (padded.length === 6) padded.push(...padded.slice(-2));
    expect(padded.length === 4 || padded.length === 8).toBe(true);
    expect(merkleRoot(leaves(count), sha256)).toEqual(merkleRoot(padded, sha256));
    expect(merkleTree(leaves(count), sha256)).toEqual({ root: merkleRoot(padded, sha256), mutated: false });
    expect(merkleTree(padded, sha256).mutated).toBe(true);
  });
});
