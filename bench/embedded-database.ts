import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "#lib";
import { type Database, embedded, migrate, openDatabase, type SocketConnection } from "#store";

/** An embedded PostgreSQL of its own, migrated, for as long as the work takes. */
export async function withDatabase<Result>(
  work: (db: Database, connection: SocketConnection) => Promise<Result>,
): Promise<Result> {
  const logger = createLogger(undefined, "silent");
  const dataDir = mkdtempSync(join(tmpdir(), "utxoiq-bench-"));
  chmodSync(dataDir, 0o755);
  const server = await embedded.startEmbeddedPostgres({ dataDir, logger });
  try {
    await migrate(server.connection);
    const db = await openDatabase({ connection: server.connection, name: "bench", logger });
    try {
      return await work(db, server.connection);
    } finally {
      await db.destroy();
    }
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
