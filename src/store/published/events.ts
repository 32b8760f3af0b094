import { type Selectable, sql } from "kysely";
import { invariant } from "#lib";
import type { Database, EventsTable, InsightsTable } from "../database/schema.ts";
import type { BlockEventType, DataEvent, EventBlock, InsightEventType } from "./event-types.ts";
import {
  type DecidedClaim,
  type StoredInsight,
  storedInsightOf,
  type WordingColumns,
  wordingOf,
} from "./insight-rows.ts";

type EventBasics = { readonly id: number; readonly at: Date };

/** An insight is given as it stood at that event. */
export type StoredEvent =
  | (EventBasics & { readonly type: InsightEventType; readonly insight: StoredInsight; readonly block: null })
  | (EventBasics & { readonly type: BlockEventType; readonly insight: null; readonly block: EventBlock })
  | (EventBasics & DataEvent & { readonly insight: null; readonly block: null });

export type EventQuery = {
  /** Id of the last event that the reader has; 0 for none. */
  readonly after: number;
  readonly limit: number;
};

/** So many ids lie in two partitions at most; hundreds of them take longer to plan for than to read. */
const READ_IDS = 20_000;

/** Ascending by id, which is the order in which they were committed: nothing can appear later with a lower id. */
export async function listEvents(db: Database, { after, limit }: EventQuery): Promise<readonly StoredEvent[]> {
  const upTo = after + READ_IDS;
  const rows = await readEvents(db, { after, upTo, limit });
  if (rows.length === limit || !(await hasEventsAbove(db, upTo))) return rows.map(storedEventOf);
  // Old ones have been dropped, or it is a long page. Anew from the beginning: between two reads some could come to lie before the second.
  return (await readEvents(db, { after, upTo: Number.MAX_SAFE_INTEGER, limit })).map(storedEventOf);
}

async function readEvents(
  db: Database,
  { after, upTo, limit }: EventQuery & { readonly upTo: number },
): Promise<readonly EventRow[]> {
  const { rows } = await sql<EventRow>`
    SELECT events.id AS event_id, events.type, events.at, events.status, events.reason, events.block, events.data, insights.*,
           wordings.model, wordings.headline AS worded_headline, wordings.summary AS worded_summary,
           claim_outcome(insights.evidence) AS decided
    FROM events
    LEFT JOIN insights ON insights.id = events.insight_id AND insights.block_hash = events.insight_block_hash
    LEFT JOIN wordings ON wordings.insight_id = insights.id AND wordings.block_hash = insights.block_hash
                      AND wordings.event_id <= events.id
    WHERE events.id > ${after} AND events.id <= ${upTo}
    ORDER BY events.id
    LIMIT ${limit}`.execute(db);
  return rows;
}

async function hasEventsAbove(db: Database, id: number): Promise<boolean> {
  const row = await db.selectFrom("events").select("id").where("id", ">", id).limit(1).executeTakeFirst();
  return row !== undefined;
}

type EventRow = Selectable<Pick<EventsTable, "type" | "at" | "status" | "reason" | "block" | "data">> &
  Selectable<InsightsTable> &
  WordingColumns & { readonly event_id: number; readonly decided: DecidedClaim | null };

function storedEventOf(row: EventRow): StoredEvent {
  const basics = { id: row.event_id, at: row.at };
  if (isDataEvent(row.type)) {
    invariant(row.data !== null, `event ${row.event_id} has no data`);
    // What a type tells is what was stored with it.
    const told = { type: row.type, data: row.data } as DataEvent;
    return { ...basics, ...told, insight: null, block: null };
  }
  if (isBlockEvent(row.type)) {
    invariant(row.block !== null, `event ${row.event_id} has no block`);
    return { ...basics, type: row.type, insight: null, block: row.block };
  }
  invariant(row.status !== null, `event ${row.event_id} has no status`);
  const { status, reason: statusReason, event_id: eventId, decided } = row;
  const standing = { status, statusReason, eventId, wording: wordingOf(row), decided };
  return { ...basics, type: row.type, insight: storedInsightOf(row, standing), block: null };
}

function isDataEvent(type: EventRow["type"]): type is DataEvent["type"] {
  return type === "feedback.updated" || type === "brief.published";
}

function isBlockEvent(type: EventRow["type"]): type is BlockEventType {
  return type === "block.connected" || type === "block.disconnected";
}

/** Which database's events these are; never changes, and no other database has it. */
export async function getStreamId(db: Database): Promise<string> {
  const { id } = await db.selectFrom("event_stream").select("id").executeTakeFirstOrThrow();
  return id;
}

export type EventBounds = {
  /** Id of the first event that is kept; `undefined` when there is none. */
  readonly oldest: number | undefined;
  /** Id of the last event; 0 when there is none. */
  readonly last: number;
};

export async function getEventBounds(db: Database): Promise<EventBounds> {
  const row = await db
    .selectFrom("events")
    .select((builder) => [builder.fn.min("id").as("oldest"), builder.fn.max("id").as("last")])
    .executeTakeFirst();
  return { oldest: row?.oldest ?? undefined, last: row?.last ?? 0 };
}
