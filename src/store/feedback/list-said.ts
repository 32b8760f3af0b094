import { sql } from "kysely";
import type { Database } from "../database/schema.ts";
import type { FlagReason } from "./feedback-types.ts";

/** Something that a person said of an insight. */
export type Said = { readonly at: Date; readonly insightId: string } & (
  | { readonly what: "stars"; readonly stars: number }
  | { readonly what: "comment"; readonly text: string; readonly hidden: boolean; readonly hiddenReason: string | null }
  | { readonly what: "flag"; readonly reason: FlagReason; readonly details: string | null }
);

/** What somebody said, also before they had an account, the newest first: stars as they stand, comments and flags. */
export async function listSaid(
  db: Database,
  { personId, limit }: { readonly personId: string; readonly limit: number },
): Promise<readonly Said[]> {
  const { rows } = await sql<{ at: Date; said: Omit<Said, "at"> }>`
    WITH mine AS (
      SELECT ${personId}::text AS id UNION SELECT person_id FROM feedback_owners WHERE owner = ${personId}
    ), rated AS (
      SELECT DISTINCT ON (insight_id) at, insight_id, stars FROM insight_ratings
      WHERE person_id = ANY (ARRAY (SELECT id FROM mine)) ORDER BY insight_id, insight_ratings.id DESC
    )
    SELECT at, jsonb_build_object('what', 'stars', 'insightId', insight_id, 'stars', stars) AS said
    FROM rated WHERE stars IS NOT NULL
    UNION ALL (
      SELECT at, jsonb_build_object('what', 'comment', 'insightId', insight_id, 'text', text,
        'hidden', coalesce(latest.hidden, false), 'hiddenReason', latest.reason)
      FROM insight_comments LEFT JOIN LATERAL (
        SELECT hidden, reason FROM comment_moderations
        WHERE comment_id = insight_comments.id ORDER BY comment_moderations.id DESC LIMIT 1
      ) AS latest ON true
      WHERE person_id = ANY (ARRAY (SELECT id FROM mine)) ORDER BY at DESC LIMIT ${limit}
    ) UNION ALL (
      SELECT at, jsonb_build_object('what', 'flag', 'insightId', insight_id, 'reason', reason, 'details', details)
      FROM insight_flags WHERE person_id = ANY (ARRAY (SELECT id FROM mine)) ORDER BY at DESC LIMIT ${limit}
    )
    ORDER BY at DESC LIMIT ${limit}`.execute(db);
  return rows.map(({ at, said }) => ({ at, ...said }) as Said);
}
