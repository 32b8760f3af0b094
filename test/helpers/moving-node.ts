import { NETWORKS } from "#bitcoin";
import type { ChainBlock } from "#chain";
import { extend } from "../fixtures/small-chain.ts";
import { type CoreNode, startCoreNode, withMadeUpCoinHeights } from "./core-node/index.ts";

export type MovingNode = {
  readonly node: CoreNode;
  /** Moves the tip, one time in five by a reorganisation; nothing where it is not allowed to. */
  readonly move: () => void;
  /** So many moves from now on. */
  readonly allowMoves: (count: number) => void;
  readonly chain: () => readonly ChainBlock[];
  readonly reorgs: () => number;
};

/** A node whose tip moves when it is told to. */
export async function startMovingNode({
  history,
  random,
}: {
  readonly history: number;
  readonly random: () => number;
}): Promise<MovingNode> {
  let chain: readonly ChainBlock[] = extend([], history, "first");
  const blocks = (from: number) => withMadeUpCoinHeights(chain.slice(from));
  // Without REST every block comes with coin heights, so that nothing depends on when it was read.
  const node = await startCoreNode({ network: NETWORKS.regtest, chain: blocks(0), zmq: true, rest: false });
  let moves = 0;
  let allowed = 0;
  let reorgs = 0;
  const move = (): void => {
    if (moves === allowed) return;
    moves += 1;
    const depth = random() < 0.2 ? 1 + Math.floor(random() * 6) : 0;
    if (depth > 0) reorgs += 1;
    const fork = chain.length - depth;
    chain = extend(chain.slice(0, fork), depth + 1, `branch ${moves}`);
    node.addBlocks(blocks(fork));
    node.setTip(chain.at(-1)?.hash ?? "");
  };
  const allowMoves = (count: number): void => void (allowed = moves + count);
  return { node, move, allowMoves, chain: () => chain, reorgs: () => reorgs };
}
