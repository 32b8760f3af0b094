import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLogger } from "#lib";
import { storedChain } from "../../../test/helpers/stored-blocks.ts";
import { claimChain, listRecentFeatures } from "../blocks/index.ts";
import { saveBlocks } from "../blocks/save-blocks.ts";
import { type Database, migrate, openDatabase } from "../database/index.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../embedded/start-embedded-postgres.ts";
import { makeBackup } from "./make-backup.ts";
import { restoreBackup } from "./restore-backup.ts";
import { rotateBackups } from "./rotate-backups.ts";

const place = mkdtempSync(join(tmpdir(), "utxoiq-backup-"));
const sharedDir = join(place, "shared");
const toDir = join(place, "backups");
const logger = createLogger(undefined, "silent");
const chain = storedChain(400);
const { signal } = new AbortController();
let server: EmbeddedPostgres;
let db: Database;

beforeAll(async () => {
  // Root starts the server as another user, who has to come by.
  chmodSync(place, 0o755);
  server = await startEmbeddedPostgres({ dataDir: join(place, "live"), logger, sharedDir });
  await migrate(server.connection);
  db = await openDatabase({ connection: server.connection, name: "test", logger });
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, chain.slice(0, 20));
});

afterAll(async () => {
  await db.destroy();
  await server.stop();
});

async function blocksOf(dataDir: string): Promise<unknown> {
  const restored = await startEmbeddedPostgres({ dataDir, logger, sharedDir });
  const copy = await openDatabase({ connection: restored.connection, name: "test", logger });
  try {
    return await listRecentFeatures(copy, 1_000);
  } finally {
    await copy.destroy();
    await restored.stop();
  }
}

describe("a backup", () => {
  test("that is taken while blocks are stored is restored to a state that was", async () => {
    const over = new AbortController();
    const storing = (async () => {
      for (let next = 20; !over.signal.aborted && next < chain.length; next += 1) {
        await saveBlocks(db, chain.slice(next, next + 1));
      }
    })();
    const { dir, manifest } = await makeBackup({ connection: server.connection, toDir, signal });
    over.abort();
    await storing;
    // Otherwise nothing was stored meanwhile.
    expect(manifest.after["block_headers"]).toBeGreaterThan(manifest.before["block_headers"] ?? 0);
    const dataDir = join(place, "restored");
    const { height, counts } = await restoreBackup({ backupDir: dir, dataDir, logger, sharedDir });
    expect(counts["block_features"]).toBe((height ?? -1) + 1);
    expect(await blocksOf(dataDir)).toEqual(await listRecentFeatures(db, (height ?? -1) + 1, height ?? -1));
    await expect(restoreBackup({ backupDir: dir, dataDir, logger, sharedDir })).rejects.toMatchObject({
      code: "STORE_BACKUP_TARGET",
    });
  });

  test("that was changed since, or is none, is refused", async () => {
    const { dir, manifest } = await makeBackup({ connection: server.connection, toDir, signal });
    appendFileSync(join(dir, "postgres", manifest.files[0]?.path ?? ""), "x");
    const refused = { code: "STORE_BACKUP_DAMAGED" };
    const changed = { backupDir: dir, dataDir: join(place, "changed"), logger, sharedDir };
    await expect(restoreBackup(changed)).rejects.toMatchObject(refused);
    const none = { backupDir: place, dataDir: join(place, "none"), logger, sharedDir };
    await expect(restoreBackup(none)).rejects.toMatchObject(refused);
  });

  test("gives way to newer ones", async () => {
    mkdirSync(join(toDir, "backup-2020-01-01T000000Z"));
    mkdirSync(join(toDir, "backup-2020-01-02T000000Z.part"));
    mkdirSync(join(toDir, "something else"));
    expect(await rotateBackups(toDir, 2)).toEqual(["backup-2020-01-01T000000Z"]);
    expect(readdirSync(toDir).filter((name) => name.startsWith("backup-"))).toHaveLength(2);
    expect(readdirSync(toDir)).toContain("something else");
  });
});
