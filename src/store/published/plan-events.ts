import type { BlockHash } from "#bitcoin";
import { type Insight, type InsightStatus, withClaimOf } from "#insights";
import { type BlockToSave, eventBlockOf } from "../blocks/block-rows.ts";
import type { BlockEventType, EventBlock, InsightEventType } from "./event-types.ts";
import type { Published } from "./insight-rows.ts";

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
  /** Of an insight that was published before; absent too where that is done by an earlier draft. */
  readonly published: Published | undefined;
};

/** What is already published under an insight's id. */
export type KnownInsight = {
  readonly status: InsightStatus;
  readonly published: Published;
  /** Of the block on which it stands, or stood last. */
  readonly height: number;
  /** The blocks on which it was found so far. */
  readonly blockHashes: ReadonlySet<string>;
  /** What it claims and how sure that was, as it was told on the chain that is left; `undefined` where no such block is. */
  readonly told: ToldClaim | undefined;
};

export type ToldClaim = Parameters<typeof withClaimOf>[0];

/** A published insight that was not retracted, and the block on which it stands. */
export type PlacedInsight = { readonly id: string; readonly blockHash: BlockHash; readonly height: number };

/** One that is to be confirmed, and what is said already of its claim; `null` where nothing is. */
export type RipeInsight = PlacedInsight & { readonly reason: string | null };

export type EventGround = {
  /** Blocks that left the chain, the tip first. */
  readonly undone: readonly EventBlock[];
  /** What stood on them. */
  readonly leaving: readonly PlacedInsight[];
  /** Of those, where the ones that were told before them stood last. */
  readonly before: ReadonlyMap<string, PlacedInsight>;
  readonly blocks: readonly BlockToSave[];
  readonly known: ReadonlyMap<string, KnownInsight>;
  /** Preliminary ones that the blocks bury deep enough. */
  readonly ripe: readonly RipeInsight[];
};

/** This many blocks on top of its own, and an insight is confirmed. */
export const CONFIRMING_BLOCKS = 5;

const UNPLACED = "Read from a set of blocks: how deep its block lies in the chain is not known.";

/**
 * What undone and newly stored blocks give to tell, in the order in which it happened. A reorg is planned as one: an
 * insight that the new blocks hold again is told once, as updated, where it returns; one that only an update of left is
 * told as it stood before; and only what is told nowhere else is retracted.
 */
export function planEvents(ground: EventGround): readonly EventDraft[] {
  return [...departures(ground), ...arrivals(ground)];
}

function departures({ undone, leaving, before, blocks }: EventGround): readonly EventDraft[] {
  const found = blocks.flatMap(({ insights, updates = [], publishable }) => [
    ...insights.map(({ id }) => id),
    // One that was published late returns with the like of what published it.
    ...updates.map(({ id }) => id).filter((id) => before.has(id) || publishable?.has(id) === true),
  ]);
  const returning = new Set(found);
  const tip = blocks.at(-1)?.header.height ?? (undone.at(-1)?.height ?? 0) - 1;
  return undone.flatMap((block) => [
    { type: "block.disconnected", block } as const,
    ...leaving
      .filter(({ id, blockHash }) => blockHash === block.hash && !returning.has(id))
      .map((insight) => {
        const earlier = before.get(insight.id);
        return earlier === undefined ? retraction(insight) : reversal(insight, earlier, tip);
      }),
  ]);
}

function arrivals(ground: EventGround): readonly EventDraft[] {
  const told = new Map<string, Insight>();
  const moved = new Set<string>();
  const homeless = new Set(ground.leaving.map(({ id }) => id).filter((id) => !ground.before.has(id)));
  const lastHeight = ground.blocks.at(-1)?.header.height ?? 0;
  return ground.blocks.flatMap((block) => {
    const fresh = block.insights.filter((insight) => !told.has(insight.id) && told.set(insight.id, insight));
    const status = statusOf(block, block.connected && lastHeight - block.header.height >= CONFIRMING_BLOCKS);
    const published = fresh.flatMap((insight) => {
      const known = ground.known.get(insight.id);
      const stands = known !== undefined && known.status !== "retracted" && !homeless.has(insight.id);
      return stands ? [] : [publication(insight, known, status)];
    });
    const grown = (block.updates ?? []).flatMap((update) => {
      const known = ground.known.get(update.id);
      const issued = (isStanding(known) ? known.told : undefined) ?? told.get(update.id);
      moved.add(update.id);
      if (issued === undefined && block.publishable?.has(update.id) === true) {
        told.set(update.id, update);
        return [publication(update, known, status)];
      }
      // What else was not published, or was withdrawn, is not told of further.
      if (issued === undefined) return [];
      return [growth(withClaimOf(issued, update), known, status)];
    });
    const ripe = ground.ripe.filter(
      ({ id, height }) => height === block.header.height - CONFIRMING_BLOCKS && !moved.has(id),
    );
    return [...connection(block), ...published, ...grown, ...ripe.map(confirmation)];
  });
}

function isStanding(known: KnownInsight | undefined): known is KnownInsight {
  return known !== undefined && known.status !== "retracted";
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
      published: undefined,
    };
  }
  return {
    type: "insight.updated",
    insightId: id,
    blockHash,
    status,
    reason: `The chain was reorganised; found again in block ${insight.height} (${blockHash}).`,
    insight: known.blockHashes.has(blockHash) ? undefined : insight,
    published: known.published,
  };
}

/** Of an event that goes on. */
function growth(update: Insight, known: KnownInsight | undefined, { status, reason }: Status): InsightDraft {
  const { id, blockHash } = update;
  return {
    type: "insight.updated",
    insightId: id,
    blockHash,
    status,
    reason,
    insight: known?.blockHashes.has(blockHash) === true ? undefined : update,
    published: known?.published,
  };
}

/** Of an update whose block left the chain: the insight stands as it did before. */
function reversal({ id, blockHash, height }: PlacedInsight, earlier: PlacedInsight, tip: number): InsightDraft {
  return {
    type: "insight.updated",
    insightId: id,
    blockHash: earlier.blockHash,
    status: tip - earlier.height >= CONFIRMING_BLOCKS ? "confirmed" : "preliminary",
    reason: `Block ${height} (${blockHash}) left the chain; it stands as in block ${earlier.height}.`,
    insight: undefined,
    published: undefined,
  };
}

/** What became of its claim stays told. */
function confirmation({ id, blockHash, reason }: RipeInsight): InsightDraft {
  return {
    type: "insight.updated",
    insightId: id,
    blockHash,
    status: "confirmed",
    reason,
    insight: undefined,
    published: undefined,
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
    published: undefined,
  };
}
