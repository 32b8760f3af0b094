import type { Network } from "#bitcoin";
import { AppError, messageOf, pause } from "#lib";
import type { BlockRef, ChainEvent, ChainLink, SourceHealth } from "../chain-source.ts";
import { branchWork, workAbove } from "./branch-work.ts";
import { checkedLink } from "./checked-link.ts";
import { HeldChain } from "./held-chain.ts";
import type { TipReader } from "./tip-reader.ts";

type Sleep = (durationMs: number, signal: AbortSignal) => Promise<void>;

export type FollowTipOptions = {
  readonly reader: TipReader;
  readonly network: Network;
  /** What the caller holds; empty: it begins with the block at `firstHeight`. */
  readonly held: readonly ChainLink[];
  readonly firstHeight: number;
  /** A reorg that undoes more blocks than this is not followed. */
  readonly finality: number;
  readonly signal: AbortSignal;
  /** Told after each look at the source. */
  readonly onHealth: (health: SourceHealth) => void;
  /** How to wait; a test passes one that does not. */
  readonly sleep?: Sleep;
};

type Follower = FollowTipOptions & {
  readonly chain: HeldChain;
  readonly sleep: Sleep;
  /** When it was last waited for news until there were some; absent where something else was done since. */
  newsAt: number | undefined;
  /** Whether there was ever nothing to go on to: blocks before that were told of long ago. */
  atTip: boolean;
};

/** Blocks whose hashes are asked for at once. */
const RANGE_BLOCKS = 500;

const CONTRADICTION_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Leads from the held chain to the source's tip and on with it. What the source says is followed only where it proves
 * it: a branch is left for headers that connect and hold more work, and blocks have to connect to what is held.
 * A source that does not answer is asked again until it does; an error that is not `retryable` ends it.
 */
export async function* followTip(options: FollowTipOptions): AsyncGenerator<ChainEvent> {
  const chain = new HeldChain(options.held, options.finality);
  const follower: Follower = { sleep: pause, ...options, chain, newsAt: undefined, atTip: false };
  const { signal, onHealth, sleep } = follower;
  let failures = 0;
  while (!signal.aborted) {
    try {
      yield* advance(follower);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof AppError) || !error.retryable) throw error;
      onHealth({ state: "down", reason: messageOf(error) });
      await sleep(pauseAfter(failures), signal);
      failures += 1;
    }
  }
}

/** Doubling from half a second, with up to a quarter more, so that many who wait do not come back at once. */
function pauseAfter(failures: number): number {
  return Math.min(500 * 2 ** failures, LONGEST_PAUSE_MS) * (1 + Math.random() / 4);
}

/** One look at the source and what follows from it; waits where that is nothing. */
async function* advance(follower: Follower): AsyncGenerator<ChainEvent> {
  const { reader, signal, onHealth, chain, sleep } = follower;
  const tip = await reader.readTip(signal);
  const heardAt = follower.atTip ? (reader.heardAt?.() ?? follower.newsAt) : undefined;
  follower.newsAt = undefined;
  const route = await findRoute(follower, tip);
  onHealth(
    route.kind === "doubtful" ? { state: "degraded", reason: route.reason } : { state: "healthy", reason: null },
  );
  if (route.kind === "branch") yield* walkOn(follower, route, { ...tip, heardAt });
  else if (route.kind === "none" || chain.last === undefined) {
    follower.atTip = true;
    await reader.waitForNews(tip, signal);
    follower.newsAt = performance.now();
  } else await sleep(CONTRADICTION_PAUSE_MS, signal);
}

type HeardTip = BlockRef & { readonly heardAt: number | undefined };

/** A source may name a tip and not have the blocks that lead to it. */
async function* walkOn(follower: Follower, branch: Branch, tip: HeardTip): AsyncGenerator<ChainEvent> {
  const { onHealth, sleep, signal } = follower;
  let moved = false;
  for await (const event of walk(follower, branch, tip)) {
    moved = true;
    yield event;
  }
  if (moved || signal.aborted) return;
  const reason = `it names block ${tip.height} as its tip and does not give the blocks up to it`;
  onHealth({ state: "degraded", reason });
  await sleep(CONTRADICTION_PAUSE_MS, signal);
}

type Branch = {
  readonly kind: "branch";
  /** The highest block that both have; `undefined` where nothing is held, or nothing of it is to stay. */
  readonly fork: ChainLink | undefined;
};
type Route = Branch | { readonly kind: "none" } | { readonly kind: "doubtful"; readonly reason: string };

const NONE: Route = { kind: "none" };

async function findRoute(follower: Follower, tip: BlockRef): Promise<Route> {
  const { chain, reader, signal, firstHeight } = follower;
  const { first, last } = chain;
  if (first === undefined || last === undefined) {
    return tip.height < firstHeight ? NONE : { kind: "branch", fork: undefined };
  }
  if (tip.hash === last.hash) return NONE;
  if (tip.height < first.height) {
    return doubtful(`its tip is block ${tip.height}, but block ${last.height} is stored; waiting for it to catch up`);
  }
  const highest = Math.min(last.height, tip.height);
  const [same] = await reader.listHashes({ first: highest, last: highest }, signal);
  if (tip.height > last.height && same === last.hash) return { kind: "branch", fork: last };
  const hashes = await reader.listHashes({ first: first.height, last: highest }, signal);
  return judgeBranch(follower, tip, chain.findFork(hashes));
}

function doubtful(reason: string): Route {
  return { kind: "doubtful", reason };
}

/** Whether the branch above the fork is proven to hold more work than ours; of equal ones the first one stays. */
async function judgeBranch(follower: Follower, tip: BlockRef, fork: ChainLink | undefined): Promise<Route> {
  const { chain, reader, signal, network, finality } = follower;
  const below = fork?.height ?? (chain.first?.height ?? 0) - 1;
  if (tip.height <= below) return NONE;
  // More than these are not needed to outweigh the blocks that may be undone.
  const last = Math.min(tip.height, below + 3 * (finality + 1));
  const hashes = await reader.listHashes({ first: below + 1, last }, signal);
  const work = branchWork({ parent: fork?.hash, hashes, headers: await reader.listHeaders(hashes, signal), network });
  if (work === undefined) return doubtful(`what it says of the branch up to block ${tip.height} does not connect`);
  if (work <= workAbove(chain, fork)) return NONE;
  // Where all that is held is within what may be undone, it begins anew with the other branch.
  if (fork === undefined && (!chain.isWhole || chain.first?.height === 0)) throw unknownBelow(follower);
  return { kind: "branch", fork };
}

function unknownBelow({ chain, finality }: Follower): AppError {
  const { first } = chain;
  const details = { height: first?.height ?? 0, hash: first?.hash ?? "" };
  if (first?.height === 0) {
    return new AppError("CHAIN_UNKNOWN_BLOCK", `The source is on another chain: its block 0 is not ${first.hash}.`, {
      details,
    });
  }
  return new AppError(
    "CHAIN_REORG_TOO_DEEP",
    `The chain was reorganised below block ${first?.height} (${first?.hash}): that is deeper than the ${finality} blocks that may be undone (--finality). Check the source; to follow it, start with an empty data directory.`,
    { details },
  );
}

async function* walk(follower: Follower, { fork }: Branch, tip: HeardTip): AsyncGenerator<ChainEvent> {
  const { chain, reader, signal } = follower;
  const heard = tip.heardAt === undefined ? {} : { heardAt: tip.heardAt };
  let parent = fork;
  let next = fork === undefined ? (chain.first?.height ?? follower.firstHeight) : fork.height + 1;
  while (next <= tip.height && !signal.aborted) {
    const hashes = await reader.listHashes(
      { first: next, last: Math.min(tip.height, next + RANGE_BLOCKS - 1) },
      signal,
    );
    if (hashes.length === 0) return;
    const first = next;
    const refs = hashes.map((hash, index) => ({ height: first + index, hash }));
    for await (const block of reader.readBlocks(refs, signal)) {
      const { prevHash, ...link } = checkedLink(block, refs[block.height - first]?.hash);
      if (parent !== undefined && (prevHash !== parent.hash || link.height !== parent.height + 1)) return;
      // Nothing is undone before the first block of the better branch is at hand.
      yield* undoFrom(chain, link.height);
      chain.push(link);
      parent = link;
      yield { type: "connect", block, tipHeight: Math.max(tip.height, block.height), ...heard };
      if (signal.aborted) return;
    }
    next += refs.length;
  }
}

function* undoFrom(chain: HeldChain, lowest: number): Generator<ChainEvent> {
  while (chain.last !== undefined && chain.last.height >= lowest) {
    const { height, hash } = chain.last;
    chain.pop();
    yield { type: "disconnect", block: { height, hash } };
  }
}
