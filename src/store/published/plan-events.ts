import type { BlockHash } from "#bitcoin";
import type { Insight, InsightStatus } from "#insights";
import { type BlockToSave, eventBlockOf } from "../blocks/block-rows.ts";
import type { BlockEventType, EventBlock, InsightEventType } from "./event-types.ts";

/** An event before it has its id. */
export type EventDraft = BlockDraft | InsightDraft;

export type BlockDraft = { readonly type: BlockEventType; readonly block: EventBlock };

export type InsightDraft = {
  readonly type: InsightEventType;
  readonly insightId: string;
  readonly blockHash: BlockHash;
  readonly status: InsightStatus;
  readonly reason: string | null;
  /** To be stored with the event: what is said on this block for the first time. */
  readonly insight: Insight | undefined;
  /** Of an insight that was published before. */
  readonly publishedEventId: number | undefined;
};

/** What is already published under an insight's id. */
export type KnownInsight = {
  readonly status: InsightStatus;
  readonly publishedEventId: number;
  /** The blocks on which it was found so far. */
  readonly blockHashes: ReadonlySet<string>;
};

/** A published insight that was not retracted, and the block on which it stands. */
export type PlacedInsight = { readonly id: string; readonly blockHash: BlockHash; readonly height: number };

export type EventGround = {
  /** Blocks that left the chain, the tip first. */
  readonly undone: readonly EventBlock[];
  /** What stood on them. */
  readonly leaving: readonly PlacedInsight[];
  readonly blocks: readonly BlockToSave[];
  readonly known: ReadonlyMap<string, KnownInsight>;
  /** Preliminary ones that the blocks bury deep enough. */
  readonly ripe: readonly PlacedInsight[];
};

/** This many blocks on top of its own, and an insight is confirmed. */
export const CONFIRMING_BLOCKS = 5;

const UNPLACED = "Read from a set of blocks: how deep its block lies in the chain is not known.";

/**
 * What undone and newly stored blocks give to tell, in the order in which it happened. A reorg is planned as one: an
 * insight that the new blocks hold again is told once, as updated, where it returns, and only what they lack is
 * retracted.
 */
export function planEvents(ground: EventGround): readonly EventDraft[] {
  return [...departures(ground), ...arrivals(ground)];
}

function departures({ undone, leaving, blocks }: EventGround): readonly EventDraft[] {
  const returning = new Set(blocks.flatMap(({ insights }) => insights.map(({ id }) => id)));
  return undone.flatMap((block) => [
    { type: "block.disconnected", block } as const,
    ...leaving.filter(({ id, blockHash }) => blockHash === block.hash && !returning.has(id)).map(retraction),
  ]);
}

function arrivals(ground: EventGround): readonly EventDraft[] {
  const told = new Set<string>();
  const homeless = new Set(ground.leaving.map(({ id }) => id));
  const lastHeight = ground.blocks.at(-1)?.header.height ?? 0;
  return ground.blocks.flatMap((block) => {
    const fresh = block.insights.filter((insight) => !told.has(insight.id) && told.add(insight.id));
    const confirmed = block.connected && lastHeight - block.header.height >= CONFIRMING_BLOCKS;
    return [
      ...connection(block),
      ...fresh.flatMap((insight) => {
        const known = ground.known.get(insight.id);
        const stands = known !== undefined && known.status !== "retracted" && !homeless.has(insight.id);
        return stands ? [] : [publication(insight, known, statusOf(block, confirmed))];
      }),
      ...ground.ripe.filter((ripe) => ripe.height === block.header.height - CONFIRMING_BLOCKS).map(confirmation),
    ];
  });
}

function connection(block: BlockToSave): readonly BlockDraft[] {
  if (!block.connected || !block.announce) return [];
  return [{ type: "block.connected", block: eventBlockOf(block.header.hash, block.header.time, block.features) }];
}

type Status = Pick<InsightDraft, "status" | "reason">;

function statusOf(block: BlockToSave, confirmed: boolean): Status {
  if (confirmed) return { status: "confirmed", reason: null };
  return { status: "preliminary", reason: block.connected ? null : UNPLACED };
}

/** For an insight that does not stand on another block: the same statement is made once. */
function publication(insight: Insight, known: KnownInsight | undefined, { status, reason }: Status): InsightDraft {
  const { id, blockHash } = insight;
  if (known === undefined) {
    return {
      type: "insight.published",
      insightId: id,
      blockHash,
      status,
      reason,
      insight,
      publishedEventId: undefined,
    };
  }
  return {
    type: "insight.updated",
    insightId: id,
    blockHash,
    status,
    reason: `The chain was reorganised; found again in block ${insight.height} (${blockHash}).`,
    insight: known.blockHashes.has(blockHash) ? undefined : insight,
    publishedEventId: known.publishedEventId,
  };
}

function confirmation({ id, blockHash }: PlacedInsight): InsightDraft {
  return {
    type: "insight.updated",
    insightId: id,
    blockHash,
    status: "confirmed",
    reason: null,
    insight: undefined,
    publishedEventId: undefined,
  };
}

function retraction({ id, blockHash, height }: PlacedInsight): InsightDraft {
  return {
    type: "insight.retracted",
    insightId: id,
    blockHash,
    status: "retracted",
    reason: `Block ${height} (${blockHash}) left the chain.`,
    insight: undefined,
    publishedEventId: undefined,
  };
}
