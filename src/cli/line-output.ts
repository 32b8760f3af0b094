import { once } from "node:events";
import type { Writable } from "node:stream";
import { unlessAborted } from "#lib";

/** Where a command writes its results, line by line. */
export type LineOutput = {
  readonly write: (text: string) => void;
  /** Waits while the reader is slow: whoever writes many lines asks now and then, so that they are not kept in memory. */
  readonly drained: () => Promise<void>;
};

/** A stopped program waits for no reader. */
export function createLineOutput(stream: Writable, signal: AbortSignal): LineOutput {
  return {
    write: (text) => void stream.write(`${text}\n`),
    drained: async () => {
      if (!stream.writableNeedDrain || signal.aborted) return;
      await unlessAborted(once(stream, "drain"), signal).catch(() => {
        // Whoever writes sees by the signal that it is over: a reader that went away aborts it, too.
      });
    },
  };
}
