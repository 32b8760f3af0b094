import type { backfilling } from "#ingest";
import type { backfill, Connection } from "#store";

/** What a thread begins with. */
export type ThreadData = {
  readonly connection: Connection;
  readonly reader: backfilling.RangeReaderOptions;
  /** Where the process keeps what it compiled; a thread does not look there by itself, and begins in half the time. */
  readonly compileCache?: string | undefined;
};

export type ToThread =
  | { readonly type: "work"; readonly task: backfill.BackfillTask }
  /** The task was given to another, or nobody waits for it any more. */
  | { readonly type: "abandon" }
  /** What was asked for; absent where this thread is to make it. */
  | { readonly type: "labels"; readonly labels: backfilling.PortableLabels | undefined }
  | { readonly type: "stop" };

export type FromThread =
  /** Whether somebody has made labels of this version. */
  | { readonly type: "labels-wanted"; readonly version: number }
  | { readonly type: "labels-failed" }
  | { readonly type: "labels-made"; readonly labels: backfilling.PortableLabels }
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly code: string; readonly message: string };
