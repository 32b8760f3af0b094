import type { Transaction } from "kysely";
import { sql } from "kysely";
import type { BlockToSave } from "../blocks/block-rows.ts";
import { blockHashOfColumn, bytesOf } from "../database/hash-column.ts";
import type { Tables } from "../database/schema.ts";
import type { EventBlock } from "./event-types.ts";
import type { InsightStatus } from "#insights";
import { appendEvents, lockEvents } from "./append-events.ts";
import { CONFIRMING_BLOCKS, type KnownInsight, planEvents, type PlacedInsight } from "./plan-events.ts";

type Change = { readonly undone: readonly EventBlock[]; readonly blocks: readonly BlockToSave[] };

/** Tells what undone and newly stored blocks give to tell; returns the last event's id. Last step of a transaction. */
export async function publishBlocks(trx: Transaction<Tables>, { undone, blocks }: Change): Promise<number | undefined> {
  if (blocks.length === 0 && undone.length === 0) return undefined;
  await lockEvents(trx);
  const ids = blocks.flatMap((block) => block.insights.map((insight) => insight.id));
  const known = await findKnown(trx, ids);
  const ripe = await listRipe(trx, blocks);
  const leaving = await listStandingOn(trx, undone);
  return appendEvents(trx, planEvents({ undone, leaving, blocks, known, ripe }));
}

export async function listStandingOn(
  trx: Transaction<Tables>,
  blocks: readonly Pick<EventBlock, "hash">[],
): Promise<readonly PlacedInsight[]> {
  if (blocks.length === 0) return [];
  const hashes = blocks.map((block) => bytesOf(block.hash));
  const rows = await trx
    .selectFrom("current_insights")
    .select(["id", "block_hash", "block_height"])
    .where("block_hash", "in", hashes)
    .where("status", "!=", "retracted")
    .orderBy("published_event_id")
    .execute();
  return rows.map(placedInsightOf);
}

function placedInsightOf(row: { id: string; block_hash: Buffer; block_height: number }): PlacedInsight {
  return { id: row.id, blockHash: blockHashOfColumn(row.block_hash), height: row.block_height };
}

export async function findKnown(
  trx: Transaction<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownInsight>> {
  const known = new Map<string, KnownInsight>();
  if (ids.length === 0) return known;
  const { rows } = await sql<{ id: string; block_hash: Buffer; published_event_id: number; status: InsightStatus }>`
    SELECT id, block_hash, published_event_id,
           (SELECT status FROM insight_statuses WHERE insight_id = id ORDER BY event_id DESC LIMIT 1) AS status
    FROM insights
    WHERE id = ANY (${ids}::text[])`.execute(trx);
  for (const row of rows) {
    const blockHashes = new Set(known.get(row.id)?.blockHashes).add(blockHashOfColumn(row.block_hash));
    known.set(row.id, { status: row.status, publishedEventId: row.published_event_id, blockHashes });
  }
  return known;
}

/** Those that lie deeper were confirmed by earlier blocks: every connected block confirms one height. */
async function listRipe(trx: Transaction<Tables>, blocks: readonly BlockToSave[]): Promise<readonly PlacedInsight[]> {
  const heights = blocks.filter((block) => block.connected).map((block) => block.header.height);
  const [first] = heights;
  const last = heights.at(-1);
  if (first === undefined || last === undefined) return [];
  const rows = await trx
    .selectFrom("current_insights")
    .innerJoin("block_headers", "block_headers.hash", "current_insights.block_hash")
    .select(["current_insights.id", "current_insights.block_hash", "current_insights.block_height"])
    .where("block_headers.connected", "=", true)
    .where("current_insights.status", "=", "preliminary")
    .where("current_insights.block_height", ">=", first - CONFIRMING_BLOCKS)
    .where("current_insights.block_height", "<=", last - CONFIRMING_BLOCKS)
    .orderBy("current_insights.published_event_id")
    .execute();
  return rows.map(placedInsightOf);
}
