import { blockHashOf, HEADER_SIZE, parseHeader } from "#bitcoin";
import { AppError, sha256 } from "#lib";
import type { BlockRef, ChainBlock, ChainEvent, ChainLink } from "../chain-source.ts";
import type { HeldChain } from "../follow/held-chain.ts";

/**
 * Passes on the events that lead on from `chain`, which is kept up, and fails at the first that does not. Disconnects
 * wait for the connect that follows them: if the source fails in between, nothing happened.
 */
export async function* checkEvents(events: AsyncIterable<ChainEvent>, chain: HeldChain): AsyncGenerator<ChainEvent> {
  let waiting: ChainEvent[] = [];
  for await (const event of events) {
    const below = chain.above(undefined).at(-1 - waiting.length);
    if (event.type === "disconnect") {
      if (event.block.hash !== below?.hash) throw notConnected(event.block, "is undone, but is not the newest");
      waiting.push(event);
      continue;
    }
    if (below === undefined && chain.last !== undefined) throw notConnected(event.block, "is below all that is held");
    const link = linkOf(event.block, below);
    for (const each of waiting) {
      chain.pop();
      yield each;
    }
    waiting = [];
    chain.push(link);
    yield event;
  }
}

function linkOf(block: ChainBlock, below: ChainLink | undefined): ChainLink {
  const { height, hash, bytes } = block;
  if (bytes.length < HEADER_SIZE || blockHashOf(bytes.subarray(0, HEADER_SIZE), sha256) !== hash) {
    throw notConnected(block, "is not what its hash says");
  }
  const { bits, prevHash } = parseHeader(bytes.subarray(0, HEADER_SIZE));
  if (below !== undefined && (below.hash !== prevHash || below.height !== height - 1)) {
    throw notConnected(block, `does not connect to block ${below.height} (${below.hash})`);
  }
  return { height, hash, bits };
}

function notConnected({ height, hash }: BlockRef, reason: string): AppError {
  const message = `Block ${height} (${hash}) ${reason}.`;
  return new AppError("CHAIN_FAILOVER_BROKEN_CHAIN", message, { details: { height, hash }, retryable: true });
}
