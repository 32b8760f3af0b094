import { mkdtempSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createLogger } from "#lib";
import { prepareDataDirectory } from "../data-directory/prepare-data-directory.ts";
import { locateCluster, SHARED_DIRECTORY } from "../embedded/cluster-location.ts";
import { startEmbeddedPostgres } from "../embedded/start-embedded-postgres.ts";
import type { Restored } from "./check-restored.ts";
import { restoreDump } from "./dump/restore-dump.ts";
import { readManifest } from "./manifest.ts";
import { restoreBackup } from "./restore-backup.ts";

type Options = { readonly sharedDir?: string | undefined; readonly signal: AbortSignal };

/**
 * Restores a backup beside itself, as one would after a loss, and takes that away again; a dump into an embedded server.
 * @throws AppError where it is not whole
 */
export async function verifyBackup(backupDir: string, options: Options): Promise<Restored> {
  const { kind } = await readManifest(backupDir);
  const place = mkdtempSync(join(dirname(backupDir), "verify-"));
  // Root starts the server as another user, who has to come by.
  await chmod(place, 0o755);
  const { sharedDir = SHARED_DIRECTORY, signal } = options;
  const target = {
    dataDir: prepareDataDirectory(join(place, "data")),
    logger: createLogger(undefined, "silent"),
    sharedDir,
  };
  const { clusterDir } = locateCluster(target.dataDir, sharedDir);
  try {
    if (kind !== "dump") return await restoreBackup({ backupDir, ...target, signal });
    const server = await startEmbeddedPostgres(target);
    try {
      return await restoreDump({ backupDir, connection: server.connection, signal });
    } finally {
      await server.stop();
    }
  } finally {
    // Elsewhere where that user cannot come by.
    await rm(dirname(clusterDir), { recursive: true, force: true });
    await rm(place, { recursive: true, force: true });
  }
}
