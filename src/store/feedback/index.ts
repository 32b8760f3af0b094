/** What people said of insights: ratings, comments, flags, and what the operator hid. */
export { listComments, listModeration } from "./list-comments.ts";
export type { StoredComment, StoredFlag } from "./list-comments.ts";
export { claimFeedback, hideComment, saveComment, saveFlag, saveRating } from "./save-feedback.ts";
export { listSaid, type Said } from "./list-said.ts";
export type { Author } from "./save-feedback.ts";
export type { FeedbackStats, FlagReason } from "./feedback-types.ts";
export { readOwnFeedback, readStats, type OwnFeedback } from "./stats.ts";
