import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { parseSourceSpec } from "#chain";
import { createLogger } from "#lib";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { startIngestRole } from "./ingest.ts";

/** As a server does that is told to end while a block is stored: that connection hears of it before the lock's does. */
const CUT_OFF_STORING = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND xact_start IS NOT NULL AND query ILIKE 'insert into "block%'`;
const CUT_OFF_LOCK = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'utxoiq ingest lock'`;

test("whoever stores blocks when the database ends says so, not which statement failed", async () => {
  const { db, connection } = await openTestDatabase();
  const role = await startIngestRole({
    db,
    connection,
    logger: createLogger(undefined, "silent"),
    spec: parseSourceSpec("simnet:1"),
    sourceOptions: {
      network: "simnet",
      pace: 60,
      historyBlocks: 4_000,
      finality: 100,
      requestsPerSecond: 100,
      allowBackfill: false,
      snapshotDir: "",
    },
    mempoolRetentionDays: 30,
    onOpened: () => {},
    onShortHistory: () => {},
    onHealth: () => {},
    onProgress: () => {},
  });
  const ended = expect(role.finished).rejects.toMatchObject({
    code: "ROLES_DATABASE_LOST",
    message: "the connection to the database was lost",
  });
  while ((await query(db, CUT_OFF_STORING)).length === 0) await wait(1);
  await query(db, CUT_OFF_LOCK);
  await ended;
  await role.stop();
});
