import { type Selectable, sql } from "kysely";
import type { Database, Tables } from "../database/schema.ts";
import {
  type DecidedClaim,
  type StoredInsight,
  storedInsightOf,
  WORDING_COLUMNS,
  type WordingColumns,
  wordingOf,
} from "./insight-rows.ts";

/** A row of `current_insights`, where each insight stands once, in the template's words. */
export function storedInsightOfCurrentRow(row: Selectable<Tables["current_insights"]>): StoredInsight {
  const { status, status_reason: statusReason, event_id: eventId } = row;
  return storedInsightOf(row, { status, statusReason, eventId, wording: null });
}

export function selectCurrent(db: Database) {
  return db
    .selectFrom("current_insights")
    .leftJoin("wordings", (join) =>
      join
        .onRef("wordings.insight_id", "=", "current_insights.id")
        .onRef("wordings.block_hash", "=", "current_insights.block_hash"),
    )
    .selectAll("current_insights")
    .select(WORDING_COLUMNS)
    .select(sql<DecidedClaim | null>`claim_outcome(current_insights.evidence)`.as("decided"));
}

type CurrentRow = Selectable<Tables["current_insights"]> & WordingColumns & { readonly decided: DecidedClaim | null };

export function ofCurrentRow(row: CurrentRow): StoredInsight {
  return { ...storedInsightOfCurrentRow(row), wording: wordingOf(row), decided: row.decided };
}
