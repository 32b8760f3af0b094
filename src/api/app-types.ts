import type {
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { BackfillList, MonitoringStatus } from "#contract";
import type { Accounts, Secrets } from "#auth";
import type { Logger } from "#lib";
import type { Database } from "#store";
import type { EventHub } from "./event-hub.ts";
import type { GuestAccess } from "./permissions.ts";

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  Logger,
  ZodTypeProvider
>;

/** What the routes work with; made by the api role. */
export type ApiDeps = {
  readonly db: Database;
  /** The address that is listened on. */
  readonly host: string;
  readonly logger: Logger;
  readonly hub: EventHub;
  /** What proves who asks. */
  readonly secrets: Secrets;
  /** Signing in and up. */
  readonly accounts: Accounts;
  readonly guests: GuestAccess;
  readonly trustedProxies: readonly string[];
  /** The newest status; measured anew when it is asked for, at most twice a second. */
  readonly readStatus: () => Promise<MonitoringStatus>;
  /** Backfills and how far they are, shared likewise: for streams. */
  readonly readBackfills: () => Promise<BackfillList>;
  /** The built dashboard. */
  readonly webRoot: string;
};
