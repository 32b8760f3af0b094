import type { HeightRange } from "../chain-source.ts";
import type { Failover } from "./failover-state.ts";

/** From the active source or, where that does not know of older blocks, from the first that does; nothing from none. */
export async function readHeaderTimes(
  { active, candidates }: Pick<Failover, "active" | "candidates">,
  heights: HeightRange,
  signal: AbortSignal,
): Promise<Uint32Array> {
  const open = [active.source, ...candidates.flatMap(({ source }) => source ?? [])];
  const knowing = open.find((source) => source.headerTimes !== undefined);
  return (await knowing?.headerTimes?.(heights, signal)) ?? new Uint32Array(0);
}
