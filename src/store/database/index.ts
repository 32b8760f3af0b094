/** The connection to PostgreSQL, the migrations, and the schema that they make. */
export type { Connection, SocketConnection } from "./connection.ts";
export { migrate } from "./migrate.ts";
export { openDatabase } from "./open-database.ts";
export type { Database } from "./schema.ts";
