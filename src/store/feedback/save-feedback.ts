import type { Transaction } from "kysely";
import { appendAudit, type AuditEntry } from "../access/audit-entries.ts";
import type { Database, Tables } from "../database/schema.ts";
import { appendDataEvent } from "../published/append-data-event.ts";
import { lockEvents } from "../published/append-events.ts";
import type { StoredComment } from "./list-comments.ts";
import type { FeedbackStats, FlagReason } from "./feedback-types.ts";
import { readStats } from "./stats.ts";

/** Who says it, and by which request: the audit log's part of every change. */
export type Author = Pick<AuditEntry, "role" | "address" | "requestId"> & { readonly personId: string };

type Said<What> = What & { readonly insightId: string; readonly by: Author };

/** One rating a person: a later one replaces it, `null` withdraws it. `undefined`: there is no such insight. */
export function saveRating(
  db: Database,
  { insightId, by, stars }: Said<{ readonly stars: number | null }>,
): Promise<FeedbackStats | undefined> {
  const audited = { action: stars === null ? "feedback.withdraw" : "feedback.rate", details: { stars } };
  return changeFeedback(db, { insightId, by, ...audited }, async (trx) => {
    await trx.insertInto("insight_ratings").values({ insight_id: insightId, person_id: by.personId, stars }).execute();
  });
}

/** The comment as it is stored. `undefined`: there is no such insight. */
export async function saveComment(
  db: Database,
  { insightId, by, text }: Said<{ readonly text: string }>,
): Promise<StoredComment | undefined> {
  const { personId } = by;
  let stored: { id: number; at: Date } | undefined;
  await changeFeedback(db, { insightId, by, action: "feedback.comment" }, async (trx) => {
    const insert = trx.insertInto("insight_comments").values({ insight_id: insightId, person_id: personId, text });
    stored = await insert.returning(["id", "at"]).executeTakeFirstOrThrow();
  });
  return stored && { ...stored, insightId, personId, text, hidden: false, hiddenReason: null };
}

/** A person counts once, however often they flag. `undefined`: there is no such insight. */
export function saveFlag(
  db: Database,
  { insightId, by, reason, details }: Said<{ readonly reason: FlagReason; readonly details: string | null }>,
): Promise<FeedbackStats | undefined> {
  return changeFeedback(db, { insightId, by, action: "feedback.flag", details: { reason } }, async (trx) => {
    const row = { insight_id: insightId, person_id: by.personId, reason, details };
    await trx.insertInto("insight_flags").values(row).execute();
  });
}

type Moderation = { readonly commentId: number; readonly hidden: boolean; readonly reason: string | null };

/** Hides a comment, or shows it again. Whether there is one. */
export async function hideComment(
  db: Database,
  { commentId, hidden, reason, by }: Moderation & { readonly by: Omit<AuditEntry, "action" | "target"> },
): Promise<boolean> {
  const comment = await db
    .selectFrom("insight_comments")
    .select("insight_id")
    .where("id", "=", commentId)
    .executeTakeFirst();
  if (comment === undefined) return false;
  const action = hidden ? "feedback.hide-comment" : "feedback.show-comment";
  const change = { insightId: comment.insight_id, by, action, details: { commentId, reason } };
  await changeFeedback(db, change, async (trx) => {
    await trx.insertInto("comment_moderations").values({ comment_id: commentId, hidden, reason }).execute();
  });
  return true;
}

/** Whatever was said under an id counts as its owner's from now on. Who claimed it first keeps it. */
export async function claimFeedback(
  db: Database,
  { personId, owner }: { readonly personId: string; readonly owner: string },
): Promise<void> {
  if (personId === owner) return;
  await db
    .insertInto("feedback_owners")
    .values({ person_id: personId, owner })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

type Change = {
  readonly insightId: string;
  readonly by: Omit<AuditEntry, "action" | "target">;
  readonly action: string;
  readonly details?: AuditEntry["details"];
};

/** The change, its audit entry and the event that tells of it: all of them or none. */
async function changeFeedback(
  db: Database,
  { insightId, by, action, details = {} }: Change,
  write: (trx: Transaction<Tables>) => Promise<void>,
): Promise<FeedbackStats | undefined> {
  return db.transaction().execute(async (trx) => {
    const known = await trx.selectFrom("insights").select("id").where("id", "=", insightId).executeTakeFirst();
    if (known === undefined) return undefined;
    await write(trx);
    await appendAudit(trx, { ...by, action, target: `insight ${insightId}`, details });
    // With the lock held nobody else's change is under way, so the event tells what is true when it is seen.
    await lockEvents(trx);
    const [stats] = await readStats(trx, [insightId]);
    if (stats !== undefined) await appendDataEvent(trx, { type: "feedback.updated", data: stats });
    return stats;
  });
}
