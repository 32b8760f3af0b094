import { type Selectable, sql, type Transaction } from "kysely";
import type { BlockToSave } from "../blocks/block-rows.ts";
import { blockHashOfColumn, bytesOf } from "../database/hash-column.ts";
import type { InsightsTable, Tables } from "../database/schema.ts";
import type { EventBlock } from "./event-types.ts";
import type { Claim, InsightStatus } from "#insights";
import { appendEvents, lockEvents } from "./append-events.ts";
import type { DecidedClaim } from "./insight-rows.ts";
import { listDecided, reasonOf } from "./list-decided.ts";
import {
  CONFIRMING_BLOCKS,
  type KnownInsight,
  planEvents,
  type PlacedInsight,
  type RipeInsight,
} from "./plan-events.ts";

type Change = {
  readonly undone: readonly EventBlock[];
  readonly blocks: readonly BlockToSave[];
  /** Ids of predictions that these blocks have decided, or left open again. */
  readonly decided: readonly string[];
};

/** Tells what undone and newly stored blocks give to tell; returns the last event's id. Last step of a transaction. */
export async function publishBlocks(trx: Transaction<Tables>, change: Change): Promise<number | undefined> {
  const { undone, blocks, decided } = change;
  if (blocks.length === 0 && undone.length === 0) return undefined;
  await lockEvents(trx);
  const ids = blocks.flatMap(({ insights, updates = [] }) => [...insights, ...updates].map(({ id }) => id));
  const known = await findKnown(trx, ids);
  const ripe = await listRipe(trx, blocks);
  const leaving = await listStandingOn(trx, undone);
  const before = await findBefore(trx, { undone, leaving });
  const last = await appendEvents(trx, planEvents({ undone, leaving, before, blocks, known, ripe }));
  // Afterwards: what was told in these blocks may be decided in them too, where many are read at once.
  return (await appendEvents(trx, await listDecided(trx, decided))) ?? last;
}

/** Where insights that stood on undone blocks were told below them. */
async function findBefore(
  trx: Transaction<Tables>,
  { undone, leaving }: { readonly undone: readonly EventBlock[]; readonly leaving: readonly PlacedInsight[] },
): Promise<ReadonlyMap<string, PlacedInsight>> {
  const fork = undone.at(-1);
  if (fork === undefined || leaving.length === 0) return new Map();
  const ids = leaving.map(({ id }) => id);
  const rows = await trx
    .selectFrom("insights")
    .innerJoin("block_headers", "block_headers.hash", "insights.block_hash")
    .select(["insights.id", "insights.block_hash", "insights.block_height"])
    .where("insights.id", "in", ids)
    .where("block_headers.connected", "=", true)
    .where("insights.block_height", "<", fork.height)
    .orderBy("insights.block_height")
    .execute();
  // The highest comes last and counts.
  return new Map(rows.map((row) => [row.id, placedInsightOf(row)]));
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

type KnownRow = Pick<
  Selectable<InsightsTable>,
  "id" | "block_hash" | "published_event_id" | "published_height" | "confidence"
> & {
  readonly status: InsightStatus;
  readonly height: number;
  readonly claim: Claim | null;
  readonly is_of_chain: boolean;
};

export async function findKnown(
  trx: Transaction<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownInsight>> {
  const known = new Map<string, KnownInsight>();
  if (ids.length === 0) return known;
  const { rows } = await sql<KnownRow>`
    SELECT id, insights.block_hash, published_event_id, published_height, confidence, evidence -> 'claim' AS claim, latest.status,
           (SELECT block_height FROM insights AS placed
            WHERE placed.id = insights.id AND placed.block_hash = latest.block_hash) AS height,
           EXISTS (SELECT FROM block_headers WHERE hash = insights.block_hash AND connected) AS is_of_chain
    FROM insights
    CROSS JOIN LATERAL (
      SELECT status, block_hash FROM insight_statuses WHERE insight_id = id ORDER BY event_id DESC LIMIT 1
    ) AS latest
    WHERE id = ANY (${ids}::text[])
    ORDER BY block_height`.execute(trx);
  for (const row of rows) {
    const earlier = known.get(row.id);
    const blockHashes = new Set(earlier?.blockHashes).add(blockHashOfColumn(row.block_hash));
    const told = row.is_of_chain ? { confidence: row.confidence, evidence: { claim: row.claim } } : undefined;
    known.set(row.id, {
      status: row.status,
      height: row.height,
      published: { eventId: row.published_event_id, height: row.published_height },
      blockHashes,
      told: earlier?.told ?? told,
    });
  }
  return known;
}

/** Those that lie deeper were confirmed by earlier blocks: every connected block confirms one height. */
async function listRipe(trx: Transaction<Tables>, blocks: readonly BlockToSave[]): Promise<readonly RipeInsight[]> {
  const heights = blocks.filter((block) => block.connected).map((block) => block.header.height);
  const [first] = heights;
  const last = heights.at(-1);
  if (first === undefined || last === undefined) return [];
  const rows = await trx
    .selectFrom("current_insights")
    .innerJoin("block_headers", "block_headers.hash", "current_insights.block_hash")
    .select(["current_insights.id", "current_insights.block_hash", "current_insights.block_height"])
    .select(sql<DecidedClaim | null>`claim_outcome(current_insights.evidence)`.as("decided"))
    .where("block_headers.connected", "=", true)
    .where("current_insights.status", "=", "preliminary")
    .where("current_insights.block_height", ">=", first - CONFIRMING_BLOCKS)
    .where("current_insights.block_height", "<=", last - CONFIRMING_BLOCKS)
    .orderBy("current_insights.published_event_id")
    .execute();
  return rows.map(({ decided, ...row }) => ({
    ...placedInsightOf(row),
    reason: decided === null ? null : reasonOf(decided.height, decided.came),
  }));
}
