import type { Txid } from "#bitcoin";
import type { BlockExpectation } from "#features";
import type { Prediction } from "#signals";
import type { BlockToSave } from "#store";
import { hashOf, storedBlock, storedChain } from "./stored-blocks.ts";

/** What is said on each block; the sixth block decides all of it. */
function forecastOn({ header: { height, hash, time } }: BlockToSave): Prediction {
  const words = { unit: "sat/vB", rule: "Made up.", scale: "octaves", base: null } as const;
  const statement = { type: "value", median: 2, intervals: [{ level: 0.8, low: 1, high: 4 }], ...words } as const;
  const place = { height, blockHash: hash, time, dueHeight: 5, live: true };
  return { id: hash.slice(0, 32), kind: "fee-rate", subject: null, calibration: null, ...place, statement };
}

const main = storedChain(5).map((block): BlockToSave => ({
  ...block,
  predictions: { resolved: [], made: [forecastOn(block)] },
}));

/** What was said on the first block is decided by the fourth, and on the other branch by the fifth. */
const decided = main.slice(0, 1).map((block) => ({
  prediction: forecastOn(block),
  outcome: { type: "value", value: 3 } as const,
  score: { brier: null, intervals: [{ level: 0.8, covered: true, width: 2, winkler: 2 }] },
}));

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
  main: main.map((block, height) =>
    height === 3 ? { ...block, predictions: { resolved: decided, made: [forecastOn(block)] } } : block,
  ),
  undone: main
    .slice(2)
    .toReversed()
    .map(({ header }) => header),
  rival: [2, 3, 4, 5].map((height) => ({
    ...storedBlock(height, { branch: "rival", ...(height === 2 ? { parent: "main" } : {}) }),
    expectation: EXPECTATION,
    predictions: { resolved: height === 4 ? decided : [], made: [] },
  })),
} as const;
