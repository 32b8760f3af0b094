import type { StoredEvent } from "#contract";

export type BlockEvent = Extract<StoredEvent, { type: `block.${string}` }>;
export type RecentBlock = BlockEvent["data"];

const KEPT = 8;

/** The newest blocks that the stream told of, highest first. A block that left the chain leaves the list. */
export function applyBlockEvent(blocks: readonly RecentBlock[], { type, data }: BlockEvent): readonly RecentBlock[] {
  const others = blocks.filter(({ hash }) => hash !== data.hash);
  if (type === "block.disconnected") return others;
  return [data, ...others].toSorted((a, b) => b.height - a.height).slice(0, KEPT);
}
