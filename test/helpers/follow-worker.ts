/** Follows a source into a database until it is killed: `follow-worker '{"connection":…,"source":…}'`. */
import { flushCompileCache } from "node:module";
import { parseSourceSpec } from "#chain";
import { createLogger } from "#lib";
import { startIngestRole } from "#roles";
import { openDatabase, type SocketConnection } from "#store";

type Order = { readonly connection: SocketConnection; readonly source: string };

// Node would do it when it exits, which a killed one does not.
flushCompileCache();
const { connection, source } = JSON.parse(process.argv[2] ?? "") as Order;
const logger = createLogger(undefined, "silent");
const role = await startIngestRole({
  db: await openDatabase({ connection, name: "worker", logger }),
  connection,
  logger,
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
  mempoolRetentionDays: 30,
  onOpened: () => process.stdout.write("following\n"),
  onShortHistory: () => {},
  onHealth: () => {},
  onProgress: ({ done }) => {
    if (done > 0) process.stdout.write("stored\n");
  },
});
await role.finished;
