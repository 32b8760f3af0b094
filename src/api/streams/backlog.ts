import { setTimeout as delay } from "node:timers/promises";

/** A client that lets so much pile up is closed, never served stale data in silence: it comes back with its last id. */
export const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
/** What may still be on its way when a client that catches up is sent more. */
const DRAINED_BYTES = 256 * 1024;
const LOOK_AGAIN_MS = 20;

type Backlog = {
  readonly isOpen: () => boolean;
  /** Bytes that were sent and have not left. */
  readonly waiting: () => number;
};

/** Resolves once most of what was sent has left, to whether the client is still there. One that takes nothing is closed elsewhere. */
export async function untilDrained({ isOpen, waiting }: Backlog): Promise<boolean> {
  while (isOpen() && waiting() > DRAINED_BYTES) await delay(LOOK_AGAIN_MS);
  return isOpen();
}
