import { createHash } from "node:crypto";
import { type BlockHash, HEADER_SIZE } from "#bitcoin";
import type { BlockRef, ChainBlock, TipReader } from "#chain";
import { AppError } from "#lib";

/**
 * How a node answers for a while. Beside the truth: a tip that it knows only by name, with or without hashes up to it;
 * a longer branch of which it has headers and no blocks; a block that is not the asked one; an older tip than its own; nothing at all.
 */
export type Conduct = "true" | "made-up tip" | "tip alone" | "no blocks" | "other blocks" | "old tip" | "silent";

export type NodeStep = { readonly chain: readonly ChainBlock[]; readonly conduct: Conduct };

export type ScriptedNode = {
  readonly reader: TipReader;
  /** Goes to the next step; called for it whenever the follower waits. */
  next(): void;
};

/** A node that goes through steps: one each time that it is waited for, and one after every so many questions. */
export function scriptedNode(
  steps: readonly NodeStep[],
  { questionsAStep, onEnd }: { readonly questionsAStep: number; readonly onEnd: () => void },
): ScriptedNode {
  let at = 0;
  let questions = 0;
  let toldLastTip = false;
  const next = (): void => {
    if (at < steps.length - 1) at += 1;
    else if (toldLastTip || steps[at]?.conduct !== "true") onEnd();
  };
  /** A reorg may happen between any two questions, but the last step stays until all is read. */
  const ask = (): NodeStep => {
    questions += 1;
    if (questions % questionsAStep === 0 && at < steps.length - 1) at += 1;
    const step = steps[at];
    if (step === undefined || step.conduct === "silent") throw unreachable();
    return step;
  };
  const readTip = async (): Promise<BlockRef> => {
    const tip = tipOf(ask());
    toldLastTip = at === steps.length - 1;
    return tip;
  };
  return { next, reader: { ...answers(ask), readTip, waitForNews: async () => next() } };
}

function answers(ask: () => NodeStep): Omit<TipReader, "readTip" | "waitForNews"> {
  return {
    listHashes: async ({ first, last }) => {
      const { chain, conduct } = ask();
      const shown = conduct === "old tip" ? chain.slice(0, -7) : chain;
      const hashes = shown.slice(first, last + 1).map(({ hash }) => hash);
      if (conduct !== "made-up tip") return hashes;
      return Array.from({ length: last - first + 1 }, (_, index) => hashes[index] ?? madeUp(first + index));
    },
    listHeaders: async (hashes) => {
      const { chain, conduct } = ask();
      if (conduct === "made-up tip") return hashes.map(() => new Uint8Array(HEADER_SIZE));
      return hashes.flatMap((hash) => chain.find((block) => block.hash === hash)?.bytes.subarray(0, HEADER_SIZE) ?? []);
    },
    readBlocks: async function* (refs) {
      for (const { hash } of refs) {
        const { chain, conduct } = ask();
        const block = conduct === "no blocks" ? undefined : chain.find((candidate) => candidate.hash === hash);
        if (block === undefined) throw unreachable();
        yield conduct === "other blocks" ? { ...block, bytes: chain[0]?.bytes ?? block.bytes } : block;
      }
    },
  };
}

function tipOf({ chain, conduct }: NodeStep): BlockRef {
  const tip = conduct === "old tip" ? chain.at(-8) : chain.at(-1);
  if (tip === undefined) throw unreachable();
  if (conduct === "made-up tip" || conduct === "tip alone")
    return { height: tip.height + 4, hash: madeUp(tip.height + 4) };
  return { height: tip.height, hash: tip.hash };
}

function madeUp(height: number): BlockHash {
  return createHash("sha256").update(`made up ${height}`).digest("hex") as BlockHash;
}

function unreachable(): AppError {
  return new AppError("TEST_UNREACHABLE", "the node does not answer", { retryable: true });
}
