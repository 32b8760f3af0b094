/** Does what backfills there are until it is killed: `backfill-worker '{"connection":…,"source":…}'`. */
import { flushCompileCache } from "node:module";
import { parseSourceSpec } from "#chain";
import { startBackfillWorkers } from "#jobs";
import { createLogger, instanceName, untilAborted } from "#lib";
import { openDatabase, type SocketConnection } from "#store";

type Order = { readonly connection: SocketConnection; readonly source: string };

// Node would do it when it exits, which a killed one does not.
flushCompileCache();
const { connection, source } = JSON.parse(process.argv[2] ?? "") as Order;
const logger = createLogger(undefined, "silent");
await startBackfillWorkers({
  db: await openDatabase({ connection, name: "worker", logger }),
  connection,
  logger,
  workers: 2,
  reader: {
    spec: parseSourceSpec(source),
    sourceOptions: {
      network: "regtest",
      pace: 60,
      historyBlocks: 1_000_000,
      finality: 100,
      requestsPerSecond: 1,
      allowBackfill: false,
      snapshotDir: "",
    },
    worker: instanceName(),
  },
});
await untilAborted(new AbortController().signal);
