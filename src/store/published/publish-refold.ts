import type { Transaction } from "kysely";
import type { BlockToSave } from "../blocks/block-rows.ts";
import type { Tables } from "../database/schema.ts";
import { appendEvents, lockEvents } from "./append-events.ts";
import {
  CONFIRMING_BLOCKS,
  type EventDraft,
  type InsightDraft,
  type KnownInsight,
  planEvents,
  type PlacedInsight,
} from "./plan-events.ts";
import { findKnown, listStandingOn } from "./publish-blocks.ts";

type Refold = {
  readonly blocks: readonly BlockToSave[];
  /** Ids that were found in these blocks and in those before them. */
  readonly told: ReadonlySet<string>;
  readonly tipHeight: number;
};

/**
 * Tells how what stored blocks say differs from what was said of them: what was not found before, and what is not found
 * any more. Last step of a transaction.
 */
export async function publishRefold(trx: Transaction<Tables>, { blocks, told, tipHeight }: Refold): Promise<void> {
  if (blocks.length === 0) return;
  await lockEvents(trx);
  const known = await findKnown(
    trx,
    blocks.flatMap(({ insights, updates = [] }) => [...insights, ...updates].map(({ id }) => id)),
  );
  const standing = await listStandingOn(
    trx,
    blocks.map(({ header }) => header),
  );
  // What stands on a later block than an update's was told further already.
  const grown = blocks.map((block) => ({
    ...block,
    updates: (block.updates ?? []).filter(({ id, height }) => !isStandingFrom(known.get(id), height)),
  }));
  const arrivals = planEvents({ undone: [], leaving: [], before: new Map(), blocks: grown, known, ripe: [] });
  const heights = new Map(blocks.map(({ header }) => [header.hash, header.height]));
  const drafts = [
    ...standing.filter(({ id }) => !told.has(id)).map(withdrawal),
    ...arrivals.map((draft) => placed(draft, tipHeight, heights)),
  ];
  await appendEvents(trx, drafts);
}

/** Each block by how deep it lies in the chain, not in what is read at once. */
function placed(draft: EventDraft, tipHeight: number, heights: ReadonlyMap<string, number>): EventDraft {
  if ("block" in draft) return draft;
  const depth = tipHeight - (heights.get(draft.blockHash) ?? tipHeight);
  return { ...draft, status: depth >= CONFIRMING_BLOCKS ? "confirmed" : "preliminary", reason: foundReason(draft) };
}

function foundReason({ type, reason }: InsightDraft): string | null {
  return type === "insight.updated" && reason !== null ? "Found again: the blocks before it were read anew." : null;
}

function isStandingFrom(known: KnownInsight | undefined, height: number): boolean {
  return known !== undefined && known.status !== "retracted" && known.height >= height;
}

function withdrawal({ id, blockHash, height }: PlacedInsight): InsightDraft {
  return {
    type: "insight.retracted",
    insightId: id,
    blockHash,
    status: "retracted",
    reason: `The blocks before block ${height} were read anew; beside them it does not stand out.`,
    insight: undefined,
    published: undefined,
  };
}
