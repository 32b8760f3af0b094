import type {
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { MonitoringStatus } from "#contract";
import type { Accounts, Secrets } from "#auth";
import type { Logger } from "#lib";
import type { cache, Database } from "#store";
import type { GuestAccess } from "./permissions.ts";
import type { Streams } from "./streams/streams.ts";

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
  readonly streams: Streams;
  /** What proves who asks. */
  readonly secrets: Secrets;
  /** Signing in and up. */
  readonly accounts: Accounts;
  readonly guests: GuestAccess;
  readonly trustedProxies: readonly string[];
  /** Requests a minute of a page; 0: as many as it wants. */
  readonly burstLimit: number;
  /** The newest status; measured anew when it is asked for, at most twice a second. */
  readonly readStatus: () => Promise<MonitoringStatus>;
  /** Absent: every answer is made anew. */
  readonly answers?: cache.AnswerCache | undefined;
  /** Where transactions can be looked up that nobody here knows, with `{txid}` in it. */
  readonly transactionLink?: string | undefined;
  /** Pages of other origins that may read the API. */
  readonly corsOrigins?: readonly string[];
  /** The built dashboard. */
  readonly webRoot: string;
};
