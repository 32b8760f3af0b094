import { Kysely, type LogEvent, PostgresDialect, sql } from "kysely";
import { Pool } from "pg";
import { codeOf, instanceName, type Logger } from "#lib";
import { unreachable } from "../errors.ts";
import { clientConfig, type Connection, nameOfConnection } from "./connection.ts";
import type { Database, Tables } from "./schema.ts";

export type OpenOptions = {
  readonly connection: Connection;
  /** Which part of the program this is, as `pg_stat_activity` shows it. */
  readonly name: string;
  readonly logger: Logger;
  readonly poolSize?: number;
  readonly statementTimeoutMs?: number;
  /** A transaction in which nothing is asked for so long is ended: a process that hangs would keep what it locked. */
  readonly idleInTransactionMs?: number;
  /** A query that takes so long or longer is told in the log, without its values; absent: none is. */
  readonly slowQueryMs?: number | undefined;
};

/** A pool of connections to a migrated database. End it with `db.destroy()`. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const dialect = new PostgresDialect({ pool: createPool(options) });
  const db = new Kysely<Tables>({ dialect, log: (event) => tellSlow(options, event) });
  try {
    await sql`SELECT 1`.execute(db);
  } catch (error) {
    await db.destroy();
    throw unreachable(nameOfConnection(options.connection), error);
  }
  return db;
}

const LONGEST_TOLD = 1_000;

function tellSlow({ slowQueryMs = Infinity, logger }: OpenOptions, { query, queryDurationMillis }: LogEvent): void {
  if (queryDurationMillis < slowQueryMs) return;
  const text = query.sql.replaceAll(/\s+/g, " ").trim().slice(0, LONGEST_TOLD);
  logger.warn({ ms: Math.round(queryDurationMillis), query: text }, "a slow query");
}

function createPool(options: OpenOptions): Pool {
  const pool = new Pool({
    ...clientConfig(options.connection),
    application_name: `utxoiq ${options.name} ${instanceName()}`,
    max: options.poolSize ?? 8,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    idle_in_transaction_session_timeout: options.idleInTransactionMs ?? 300_000,
  });
  // Without listeners, a server that stops (57P01) would end the process. Whoever queries gets the error anyway.
  const onError = (error: Error): void => {
    // Whatever ends while the pool is closed would have been ended anyway.
    if (!pool.ending)
      options.logger.warn({ reason: error.message, code: codeOf(error) }, "a database connection was lost");
  };
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", onError));
  return pool;
}
