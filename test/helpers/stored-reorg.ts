import type { Txid } from "#bitcoin";
import type { BlockExpectation } from "#features";
import { hashOf, storedBlock, storedChain } from "./stored-blocks.ts";

const main = storedChain(5);

const EXPECTATION: BlockExpectation = {
  snapshotTime: 1_700_000_000,
  secondsBefore: 12,
  expected: 2,
  mined: 1,
  matched: 1,
  missing: 1,
  missingTxids: [hashOf("missing") as string as Txid],
  added: 0,
  addedTxids: [],
  expectedFee: 2_000,
  minedFee: 1_000,
  matchRate: 0.5,
};

/** Three blocks of one chain and the four that replace them, each of them expected. */
export const REORG = {
  main,
  undone: main
    .slice(2)
    .toReversed()
    .map(({ header }) => header),
  rival: [2, 3, 4, 5].map((height) => ({
    ...storedBlock(height, { branch: "rival", ...(height === 2 ? { parent: "main" } : {}) }),
    expectation: EXPECTATION,
  })),
} as const;
