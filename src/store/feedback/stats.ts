import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import type { FeedbackStats, FlagReason } from "./feedback-types.ts";

/** What one person said of an insight. */
export type OwnFeedback = {
  readonly insightId: string;
  readonly stars: number | null;
  readonly flags: readonly FlagReason[];
};

/** In the order of the ids; of an insight of which nobody said anything, zeros. */
export async function readStats(db: Kysely<Tables>, insightIds: readonly string[]): Promise<readonly FeedbackStats[]> {
  const ids = sql`${insightIds}::text[]`;
  const { rows } = await sql<FeedbackStats>`
    WITH asked AS (SELECT id, place FROM unnest(${ids}) WITH ORDINALITY AS given (id, place)),
    latest AS (SELECT insight_id, stars FROM current_ratings WHERE insight_id = ANY (${ids}))
    SELECT asked.id AS "insightId",
      ARRAY (
        SELECT count(latest.stars)::integer
        FROM generate_series(1, 5) AS step (stars)
        LEFT JOIN latest ON latest.insight_id = asked.id AND latest.stars = step.stars
        GROUP BY step.stars ORDER BY step.stars
      ) AS distribution,
      (SELECT count(*)::integer FROM current_comments WHERE insight_id = asked.id AND NOT hidden) AS comments,
      (SELECT count(DISTINCT person_id)::integer FROM owned_flags WHERE insight_id = asked.id) AS flags
    FROM asked ORDER BY asked.place`.execute(db);
  return rows;
}

/** In the order of the ids. */
export async function readOwnFeedback(
  db: Kysely<Tables>,
  { insightIds, personId }: { readonly insightIds: readonly string[]; readonly personId: string },
): Promise<readonly OwnFeedback[]> {
  const { rows } = await sql<OwnFeedback>`
    SELECT asked.id AS "insightId",
      (SELECT stars FROM current_ratings WHERE insight_id = asked.id AND person_id = ${personId}) AS stars,
      ARRAY (SELECT DISTINCT reason FROM owned_flags
             WHERE insight_id = asked.id AND person_id = ${personId} ORDER BY reason) AS flags
    FROM unnest(${insightIds}::text[]) WITH ORDINALITY AS asked (id, place)
    ORDER BY asked.place`.execute(db);
  return rows;
}
