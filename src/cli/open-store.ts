import { join } from "node:path";
import { createLogger, type Logger } from "#lib";
import { type Config } from "#config";
import { type Connection, type Database, embedded, migrate, openDatabase, prepareDataDirectory } from "#store";

export type OpenStore = {
  readonly db: Database;
  readonly connection: Connection;
  /** Whether the embedded server was started here. */
  readonly owned: boolean;
  /** Files of the embedded server; `undefined` where the database is elsewhere. */
  readonly clusterDir: string | undefined;
  readonly close: () => Promise<void>;
};

/** The database of `DATABASE_URL`, or the embedded one: started, or attached to where a live process runs it. */
export async function openStore(config: Config, dataDir: string, logger: Logger): Promise<OpenStore> {
  const server =
    config.databaseUrl === undefined ? await embedded.startEmbeddedPostgres({ dataDir, logger }) : undefined;
  const connection: Connection = server?.connection ?? { connectionString: config.databaseUrl ?? "" };
  try {
    await migrate(connection);
    const db = await openDatabase({ connection, name: "utxoiq", logger, ...config.database });
    return {
      db,
      connection,
      owned: server?.owned ?? false,
      clusterDir: server?.clusterDir,
      close: async () => {
        await db.destroy();
        await server?.stop();
      },
    };
  } catch (error) {
    await server?.stop();
    throw error;
  }
}

/** The log in the data directory, which is made where it is missing. */
export function openLog(config: Config, dataDir: string): Logger {
  if (config.logLevel === "silent") return createLogger(undefined, config.logLevel);
  return createLogger(join(prepareDataDirectory(dataDir), "utxoiq.log"), config.logLevel);
}
