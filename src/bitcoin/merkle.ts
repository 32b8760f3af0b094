import { hash256, type Sha256 } from "./hashes.ts";

type MerkleTree = {
  readonly root: Uint8Array;
  /**
   * Two equal hashes stood side by side: other transactions (some twice) give the same root, so the block must not be
   * trusted to be the one that its hash names (CVE-2012-2459).
   */
  readonly mutated: boolean;
};

/**
 * Root over hashes in internal byte order; a level of odd length repeats its last hash; without hashes it is zero.
 * Source: Core `consensus/merkle.cpp` ComputeMerkleRoot.
 */
export function merkleTree(hashes: readonly Uint8Array[], sha256: Sha256): MerkleTree {
  let level = hashes;
  let mutated = false;
  while (level.length > 1) {
    mutated ||= hasEqualPair(level);
    level = parentsOf(level, sha256);
  }
  return { root: level[0] ?? new Uint8Array(32), mutated };
}

/** The root of {@link merkleTree} alone. */
export function merkleRoot(hashes: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  return merkleTree(hashes, sha256).root;
}

function parentsOf(level: readonly Uint8Array[], sha256: Sha256): Uint8Array[] {
  const parents: Uint8Array[] = [];
  const pair = new Uint8Array(64);
  level.forEach((left, index) => {
    if (index % 2 === 1) return;
    pair.set(left, 0);
    pair.set(level[index + 1] ?? left, 32);
    parents.push(hash256(pair, sha256));
  });
  return parents;
}

function hasEqualPair(level: readonly Uint8Array[]): boolean {
  return level.some((right, index) => {
    const left = level[index - 1];
    return index % 2 === 1 && left !== undefined && left.every((byte, offset) => byte === right[offset]);
  });
}
