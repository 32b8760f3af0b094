import type { Logger } from "#lib";
import type { Connection, Database } from "#store";

/** What every role is given. */
export type RoleDeps = { readonly db: Database; readonly connection: Connection; readonly logger: Logger };

export type RunningRole = {
  /** Rejects when the role cannot go on; resolves after `stop`. */
  readonly finished: Promise<void>;
  /** Ends what is under way at the next whole step, and returns when it has ended. */
  readonly stop: () => Promise<void>;
};
