import type { backfilling } from "#ingest";
import type { backfill, Connection } from "#store";

/** What a thread begins with. */
export type ThreadData = {
  readonly connection: Connection;
  readonly reader: backfilling.RangeReaderOptions;
};

export type ToThread =
  | { readonly type: "work"; readonly task: backfill.BackfillTask }
  /** The task was given to another, or nobody waits for it any more. */
  | { readonly type: "abandon" }
  | { readonly type: "stop" };

export type FromThread =
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly code: string; readonly message: string };
