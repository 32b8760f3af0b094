export type BackfillStatus = "queued" | "running" | "paused" | "done" | "cancelled" | "failed";

/** Features of blocks, or the signals and insights that follow from them. */
export type BackfillPart = "features" | "signals";

export type BackfillChange = "pause" | "resume" | "cancel" | "retry";

export type BackfillRequest = {
  readonly fromHeight: number;
  /** `undefined`: the block below the lowest that is stored. */
  readonly toHeight: number | undefined;
  /** `null`: both parts, one after the other. */
  readonly only: BackfillPart | null;
  /** Who asks, for a person. */
  readonly askedBy: string;
};

export type BackfillError = {
  /** `null` where it was no single block. */
  readonly height: number | null;
  /** Whether the block is left out until it is retried. */
  readonly parked: boolean;
  readonly code: string;
  readonly message: string;
  readonly at: Date;
};

export type BackfillJob = BackfillRequest & {
  readonly id: number;
  readonly toHeight: number;
  readonly status: BackfillStatus;
  /** What is being made, or was last; the blocks below are those of this part. */
  readonly part: BackfillPart;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** `null` until the ranges are planned. */
  readonly blocksTotal: number | null;
  readonly blocksDone: number;
  /** Height of the block that was done last; `null` where none was. */
  readonly currentHeight: number | null;
  /** Smoothed over half a minute; `null` while it does not run. */
  readonly blocksPerSecond: number | null;
  readonly etaSeconds: number | null;
  /** Workers that have stored something in the last ten seconds. */
  readonly workers: number;
  readonly errorCount: number;
  readonly parkedCount: number;
  /** Why it failed. */
  readonly failure: { readonly code: string; readonly message: string } | null;
};
