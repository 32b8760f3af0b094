import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { createLogger } from "#lib";
import { migrate, type SocketConnection, embedded } from "#store";
import { useScratch } from "./scratch.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The run's server; `database` names the migrated template. */
    postgres: SocketConnection;
  }
}

const TEMPLATE = "utxoiq_template";

/** What is lost in a crash of a test server is of no interest, so nothing waits for the disk, and little is kept. */
const FAST = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_wal_size: "256MB",
  max_connections: "200",
};

/** One PostgreSQL per run, as the program itself starts it, with a database that test files clone. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const scratch = useScratch();
  const dataDir = mkdtempSync(join(tmpdir(), "utxoiq-test-"));
  // mkdtemp closes the directory; when root runs the tests, the server's user has to get in.
  chmodSync(dataDir, 0o755);
  const logger = createLogger(undefined, "silent");
  const server = await embedded.startEmbeddedPostgres({ dataDir, logger, settings: FAST });
  const template = { ...server.connection, database: TEMPLATE };
  await createDatabase(server.connection, TEMPLATE);
  await migrate(template);
  project.provide("postgres", template);
  return async () => {
    await server.stop();
    scratch.remove();
  };
}

async function createDatabase(connection: SocketConnection, name: string): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  await client.end();
}
