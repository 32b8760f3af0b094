import { AppError } from "#lib";
import type { ChainBlock, HeightRange } from "../chain-source.ts";
import type { Failover } from "./failover-state.ts";

/** From the source in use; where that fails, whoever asks again asks the one in use by then. */
export function readActiveRange(
  { active: { source } }: Pick<Failover, "active">,
  heights: HeightRange,
  signal: AbortSignal,
): AsyncIterable<ChainBlock> {
  if (source.readRange !== undefined) return source.readRange(heights, signal);
  const message = `${source.name}, which is in use, gives blocks on the way to its tip alone.`;
  throw new AppError("CHAIN_RANGE_MISSING", message, { retryable: true });
}
