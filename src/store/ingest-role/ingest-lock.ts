import { Client } from "pg";
import { INGEST_LOCK, LOCK_SPACE } from "../database/advisory-locks.ts";
import { clientConfig, type Connection, nameOfConnection } from "../database/connection.ts";
import { ingestRunning, unreachable } from "../errors.ts";

export type IngestLock = {
  /** Aborted when the connection that holds the lock is lost: from then on another process may ingest. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
};

/** One live ingest per database. The lock lives as long as its connection, so a killed process holds none. */
export async function holdIngestLock(connection: Connection): Promise<IngestLock> {
  const client = new Client({ ...clientConfig(connection), application_name: "utxoiq ingest lock" });
  const loss = new AbortController();
  client.on("error", (error) => loss.abort(error));
  client.on("end", () => loss.abort(new Error("the connection that holds the ingest lock was closed")));
  await connect(client, connection);
  const { rows } = await client.query<{ held: boolean }>("SELECT pg_try_advisory_lock($1, $2) AS held", [
    LOCK_SPACE,
    INGEST_LOCK,
  ]);
  if (rows[0]?.held !== true) {
    await client.end();
    throw ingestRunning();
  }
  return {
    lost: loss.signal,
    release: async () => {
      client.removeAllListeners("end");
      await client.end();
    },
  };
}

async function connect(client: Client, connection: Connection): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(nameOfConnection(connection), error);
  }
}
