import { type SqlBool, sql } from "kysely";

/**
 * Which rows of headers, by the name `header`, count: where there is a chain, its own, not those that a backfill has read
 * and not joined yet. A set has no cursor, and all its blocks count.
 */
export const IS_OF_CHAIN = sql<SqlBool>`header.connected = EXISTS (SELECT FROM cursor)`;
