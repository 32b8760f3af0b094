import { Client, type ClientConfig } from "pg";
import { valueTypes } from "./value-types.ts";

/** The embedded server's socket. */
export type SocketConnection = {
  /** Directory of the socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
};

/** Where the database is: the embedded server, or a URL that the operator gave. */
export type Connection = SocketConnection | { readonly connectionString: string };

export function clientConfig(connection: Connection): ClientConfig {
  const common: ClientConfig = { types: valueTypes, keepAlive: true, connectionTimeoutMillis: 5_000 };
  if ("connectionString" in connection) return { ...common, ...connection };
  return { ...common, ...connection, ssl: false };
}

/** For messages: never with a password. */
export function nameOfConnection(connection: Connection): string {
  if (!("connectionString" in connection)) return `at ${connection.host}`;
  const url = URL.parse(connection.connectionString);
  return url === null ? "of DATABASE_URL" : `at ${url.host}${url.pathname}`;
}

/** `CREATE DATABASE` knows no `IF NOT EXISTS`; two attaching processes may both find it missing. */
export async function ensureDatabase(connection: SocketConnection): Promise<void> {
  const client = new Client({ ...clientConfig(connection), database: "postgres" });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [connection.database]);
    if (found.rows.length === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(connection.database)}`);
  } finally {
    await client.end();
  }
}
