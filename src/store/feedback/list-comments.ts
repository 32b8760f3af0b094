import type { Database } from "../database/schema.ts";
import type { FlagReason } from "./feedback-types.ts";

export type StoredComment = {
  readonly id: number;
  readonly at: Date;
  readonly insightId: string;
  readonly personId: string;
  readonly text: string;
  readonly hidden: boolean;
  readonly hiddenReason: string | null;
};

export type StoredFlag = {
  readonly id: number;
  readonly at: Date;
  readonly insightId: string;
  readonly personId: string;
  readonly reason: FlagReason;
  readonly details: string | null;
};

type CommentQuery = {
  /** All insights' where it is missing. */
  readonly insightId?: string | undefined;
  readonly withHidden: boolean;
  readonly limit: number;
  /** The id of the last comment of the page before. */
  readonly before?: number | undefined;
};

/** The newest first. */
export async function listComments(db: Database, query: CommentQuery): Promise<readonly StoredComment[]> {
  const { insightId, withHidden, limit, before } = query;
  const rows = await db
    .selectFrom("current_comments")
    .selectAll()
    .$if(insightId !== undefined, (builder) => builder.where("insight_id", "=", insightId ?? ""))
    .$if(before !== undefined, (builder) => builder.where("id", "<", before ?? 0))
    .$if(!withHidden, (builder) => builder.where("hidden", "=", false))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    insightId: row.insight_id,
    personId: row.person_id,
    text: row.text,
    hidden: row.hidden,
    hiddenReason: row.hidden_reason,
  }));
}

/** What somebody should look at: the newest flags and the newest comments, hidden ones among them. */
export async function listModeration(
  db: Database,
  limit: number,
): Promise<{ readonly flags: readonly StoredFlag[]; readonly comments: readonly StoredComment[] }> {
  const comments = await listComments(db, { withHidden: true, limit });
  const flags = await db.selectFrom("owned_flags").selectAll().orderBy("id", "desc").limit(limit).execute();
  return {
    comments,
    flags: flags.map(({ insight_id: insightId, person_id: personId, ...flag }) => ({ ...flag, insightId, personId })),
  };
}
