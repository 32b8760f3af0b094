import { type Insertable, sql, type Transaction } from "kysely";
import { invariant } from "#lib";
import { byteaOf } from "../database/hash-column.ts";
import { insertRows } from "../database/insert-rows.ts";
import type { Tables } from "../database/schema.ts";
import { insightRow, type Published } from "./insight-rows.ts";
import type { EventDraft, InsightDraft } from "./plan-events.ts";

type Numbered<Draft> = { readonly id: number; readonly draft: Draft };

/**
 * From here to the end of the transaction nobody else tells the world anything. So the ids that are drawn come in
 * the order of commits, and what is read now of earlier insights is still true when the events are written.
 */
export async function lockEvents(trx: Transaction<Tables>): Promise<void> {
  await sql`SELECT lock_events()`.execute(trx);
}

/** Writes events with what they tell of. The caller holds the lock and has nothing else to do in its transaction. */
export async function appendEvents(
  trx: Transaction<Tables>,
  drafts: readonly EventDraft[],
): Promise<number | undefined> {
  if (drafts.length === 0) return undefined;
  const ids = await drawEventIds(trx, drafts.length);
  const events = drafts.map((draft, index) => ({ id: ids[index] ?? Number.NaN, draft }));
  const insights = events.filter(isOfInsight);
  const published = new Map(
    insights.flatMap(({ id, draft: { type, insight } }): readonly [string, Published][] =>
      type === "insight.published" && insight !== undefined
        ? [[insight.id, { eventId: id, height: insight.height }]]
        : [],
    ),
  );
  await insertRows(
    trx,
    "insights",
    insights.flatMap((event) => newInsightRow(event, published)),
  );
  await insertRows(trx, "insight_statuses", insights.map(statusRow));
  await insertRows(trx, "events", events.map(eventRow));
  return ids.at(-1);
}

/** A statement of its own: it may have to make the partition, which no statement can that has the table open already. */
export async function drawEventIds(trx: Transaction<Tables>, howMany: number): Promise<readonly number[]> {
  const drawn = await sql<{ id: number }>`SELECT draw_event_ids(${howMany}::integer) AS id`.execute(trx);
  return drawn.rows.map((row) => row.id).sort((a, b) => a - b);
}

function isOfInsight(event: Numbered<EventDraft>): event is Numbered<InsightDraft> {
  return "insightId" in event.draft;
}

/** @param published how the insights were told that are published here */
function newInsightRow(
  { draft }: Numbered<InsightDraft>,
  published: ReadonlyMap<string, Published>,
): Insertable<Tables["insights"]>[] {
  if (draft.insight === undefined) return [];
  const first = draft.published ?? published.get(draft.insightId);
  invariant(first !== undefined, `insight ${draft.insightId} is told of before it is published`);
  return [insightRow(draft.insight, first)];
}

function statusRow({ id, draft }: Numbered<InsightDraft>): Insertable<Tables["insight_statuses"]> {
  const { insightId, blockHash, status, reason } = draft;
  return { insight_id: insightId, block_hash: byteaOf(blockHash), status, reason, event_id: id };
}

function eventRow({ id, draft }: Numbered<EventDraft>): Insertable<Tables["events"]> {
  const common = { id, type: draft.type };
  if ("block" in draft) {
    return { ...common, insight_id: null, insight_block_hash: null, status: null, reason: null, block: draft.block };
  }
  const { insightId, blockHash, status, reason } = draft;
  return { ...common, insight_id: insightId, insight_block_hash: byteaOf(blockHash), status, reason, block: null };
}
