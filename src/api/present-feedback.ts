import { createHash } from "node:crypto";
import type { Comment, Feedback, FeedbackStats } from "#contract";
import type { feedback } from "#store";

export function presentFeedbackStats({
  insightId,
  distribution,
  comments,
  flags,
}: feedback.FeedbackStats): FeedbackStats {
  const count = distribution.reduce((sum, given) => sum + given, 0);
  const stars = distribution.reduce((sum, given, index) => sum + given * (index + 1), 0);
  const average = count === 0 ? null : stars / count;
  return { insightId, ratings: { count, average, distribution: [...distribution] }, comments, flags };
}

export function presentFeedback(stats: feedback.FeedbackStats, own: feedback.OwnFeedback | undefined): Feedback {
  const mine = { stars: own?.stars ?? null, flags: [...(own?.flags ?? [])] };
  return { ...presentFeedbackStats(stats), mine };
}

export function presentComment(
  { id, insightId, at, text, personId, hidden, hiddenReason }: feedback.StoredComment,
  reader: string | null,
): Comment {
  const mine = personId === reader;
  return { id, insightId, at: at.toISOString(), text, author: authorOf(personId), mine, hidden, hiddenReason };
}

/** Tells comments of one person from those of others, without telling the id that their cookie carries. */
export function authorOf(personId: string): string {
  if (personId === "operator") return "operator";
  return createHash("sha256").update("utxoiq author").update(personId).digest("hex").slice(0, 6);
}
