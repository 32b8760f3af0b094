import { storedBlock, storedChain } from "./stored-blocks.ts";

const main = storedChain(5);

/** Three blocks of one chain and the four that replace them. */
export const REORG = {
  main,
  undone: main
    .slice(2)
    .toReversed()
    .map(({ header }) => header),
  rival: [2, 3, 4, 5].map((height) =>
    storedBlock(height, { branch: "rival", ...(height === 2 ? { parent: "main" } : {}) }),
  ),
} as const;
