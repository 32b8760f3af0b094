import type { FeedbackStats } from "../feedback/feedback-types.ts";

export type InsightEventType = "insight.published" | "insight.updated" | "insight.retracted";
export type BlockEventType = "block.connected" | "block.disconnected";

/** An event that carries what it tells. */
export type DataEvent =
  | { readonly type: "feedback.updated"; readonly data: FeedbackStats }
  | { readonly type: "brief.published"; readonly data: EventBrief };

/** What an event tells of a brief; the brief itself is found by its day. */
export type EventBrief = { readonly day: string; readonly headlines: readonly string[] };

/** What a block event tells of its block. */
export type EventBlock = {
  readonly height: number;
  readonly hash: string;
  /** Header time, unix seconds. */
  readonly time: number;
  readonly txs: number;
  readonly medianFeeRate: number | null;
  readonly pool: string | null;
};
