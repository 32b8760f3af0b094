/**
 * Jobs that read older blocks, or stored ones anew: asked for, planned as ranges, done by any number of workers, joined
 * to the chain. Features come in any order (work-range.ts); signals follow in order of height (fold.ts).
 */
export { askJob } from "./ask-job.ts";
export { changeJob } from "./change-job.ts";
export { type FoldedBlock, type FoldRow, listPathRows, listStoredRows, saveFold } from "./fold.ts";
export { readPath } from "./history-path.ts";
export type {
  BackfillChange,
  BackfillError,
  BackfillJob,
  BackfillPart,
  BackfillRequest,
  BackfillStatus,
} from "./job.ts";
export { endJob } from "./end-job.ts";
export { findHistoryChange, type HistoryChange, noteFollowed } from "./history-change.ts";
export { beginFold, type FoldSpan, joinHistory } from "./join-history.ts";
export { getJob, listErrors, listJobs } from "./read-jobs.ts";
export { giveBack, giveBackTasks, listUntaken, noteTaken } from "./give-back.ts";
export { type BackfillTask, type SqlRunner, tendJobs } from "./tend-jobs.ts";
export { type BackfillRange, noteFailure, parkBlock, saveRangeBlocks, takeRange } from "./work-range.ts";
export type { BackfilledBlock } from "./save-features.ts";
export { findSpan, type StoredSpan } from "./stored-span.ts";
