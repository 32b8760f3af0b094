import type { MempoolSnapshot } from "#bitcoin";
import type { FollowableSource } from "#chain";
import { type Logger, messageOf } from "#lib";

type WatchOptions = {
  readonly source: FollowableSource;
  /** The next one waits until it is done. */
  readonly onSnapshot: (snapshot: MempoolSnapshot) => Promise<void>;
  /** Told when there will be no more: what was seen last is not true any more. */
  readonly onLost: () => void;
  readonly logger: Logger;
  readonly signal: AbortSignal;
};

/** Looks at what waits to be mined until the signal is aborted; at once done where the source sees no mempool. */
export async function watchMempool({ source, onSnapshot, onLost, logger, signal }: WatchOptions): Promise<void> {
  if (source.watchMempool === undefined) return;
  try {
    for await (const snapshot of source.watchMempool(signal)) await onSnapshot(snapshot);
  } catch (error) {
    // Blocks are followed all the same: a node may forbid its mempool to us.
    if (!signal.aborted) logger.error({ reason: messageOf(error) }, "the mempool is not watched any more");
    onLost();
  }
}
