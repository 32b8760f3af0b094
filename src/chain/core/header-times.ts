import { parseHeader } from "#bitcoin";
import type { HeightRange } from "../chain-source.ts";
import type { TipReader } from "../follow/tip-reader.ts";

/** A pruned node has the headers of all blocks, too. */
export async function readHeaderTimes(
  reader: Pick<TipReader, "listHashes" | "listHeaders">,
  heights: HeightRange,
  signal: AbortSignal,
): Promise<Uint32Array> {
  const headers = await reader.listHeaders(await reader.listHashes(heights, signal), signal);
  return Uint32Array.from(headers, (header) => parseHeader(header).time);
}
