import { AppError } from "#lib";
import type { SourceHealth } from "../chain-source.ts";
import type { BestChain } from "./best-chain.ts";
import { NO_UNDO_NEEDED, NONE } from "./block-table.ts";
import type { FilesIndex } from "./files-index.ts";

/** A node that keeps up has a few blocks at most that it has not connected. */
const FEW = 10;

/** Blocks that are on no branch with undos: not connected by the node, or their undo is not there. */
export function countUnconnected(index: FilesIndex, { blocks, stale }: BestChain): number {
  return index.blocks.count - blocks.length - stale;
}

/**
 * Block 0 spends nothing and has no undo: by itself it is the chain of a new node, and of any whose undos are lost. Where
 * there are undos, the first few blocks may be about to be written.
 */
export function hasNoUndo(index: FilesIndex, { blocks }: BestChain): boolean {
  if (blocks.length === 0) return true;
  const [only = NONE] = blocks;
  const most = index.undos.count === 0 ? 1 : FEW;
  return blocks.length === 1 && index.blocks.count > most && index.blocks.undos[only] === NO_UNDO_NEEDED;
}

export function noUndo({ reader }: FilesIndex): AppError {
  return new AppError(
    "CHAIN_UNDO_MISSING",
    `${reader.folder} has no undo record of any block: the rev*.dat files are missing or belong to other blocks.`,
  );
}

/** Following well says nothing where most of what there is cannot be used. */
export function healthWithUndos(following: SourceHealth, index: FilesIndex, best: BestChain): SourceHealth {
  const count = countUnconnected(index, best);
  if (following.state !== "healthy" || best.settled || count <= FEW) return following;
  const number = count.toLocaleString("en-US");
  const reason = `${number} blocks beyond block ${best.tipHeight.toLocaleString("en-US")} have no undo record: the node has not connected them yet, or rev*.dat files are missing`;
  return { state: "degraded", reason };
}
