import { expect, test } from "vitest";
import type { BlockHash } from "./hashes.ts";
import { difficultyOf, meetsProofOfWork, targetFromBits } from "./header.ts";
import { NETWORKS, subsidyAt } from "./networks.ts";

/** Core's `arith_uint256` tests of SetCompact. */
const TARGETS: readonly [number, bigint | undefined][] = [
  [0x00123456, undefined],
  [0x01123456, 0x12n],
  [0x02123456, 0x1234n],
  [0x03123456, 0x123456n],
  [0x04123456, 0x12345600n],
  [0x04923456, undefined],
  [0x05009234, 0x92340000n],
  [0x20123456, 0x123456n << 232n],
  [0xff123456, undefined],
  [0x1d00ffff, 0xffffn << 208n],
];

test.each(TARGETS)("bits %i", (bits, target) => {
  expect(targetFromBits(bits)).toBe(target);
});

const GENESIS = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f" as BlockHash;

test("proof of work holds for the genesis block, not for a higher hash, nor for a target above the limit", () => {
  expect(meetsProofOfWork(GENESIS, 0x1d00ffff, 0x1d00ffff)).toBe(true);
  expect(meetsProofOfWork(`1${GENESIS.slice(1)}` as BlockHash, 0x1d00ffff, 0x1d00ffff)).toBe(false);
  expect(meetsProofOfWork(GENESIS, 0x207fffff, 0x1d00ffff)).toBe(false);
});

test.each([
  ["mainnet", 0, 5_000_000_000],
  ["mainnet", 209_999, 5_000_000_000],
  ["mainnet", 210_000, 2_500_000_000],
  ["mainnet", 840_000, 312_500_000],
  ["mainnet", 6_929_999, 1],
  ["mainnet", 13_440_000, 0],
  ["regtest", 150, 2_500_000_000],
  ["simnet", 1, 312_500_000],
] as const)("subsidy on %s at %i", (network, height, sats) => {
  expect(subsidyAt(height, NETWORKS[network])).toBe(sats);
});

/** Those of Core's `getdifficulty`; mainnet's of blocks 0, 32,256 and 866,342. */
test.each([
  [0x1d00ffff, 1],
  [0x1d00d86a, 1.18],
  [0x17030ecd, 92_049_594_548_485.47],
  [0x207fffff, 4.656542373906925e-10],
  [0, 0],
])("bits %i are a difficulty of %f", (bits, difficulty) => {
  expect(difficultyOf(bits) / (difficulty || 1)).toBeCloseTo(difficulty === 0 ? 0 : 1, 2);
});
