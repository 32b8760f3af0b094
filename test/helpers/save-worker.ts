/**
 * Replaces stored blocks, or stores a snapshot of the mempool, and kills itself, as `kill -9` would, when it has sent so
 * many statements: `save-worker '{"what":"reorg","connection":…,"statements":…}'`. Says "saved" where it gets to the end.
 */
import { flushCompileCache } from "node:module";
import { Client } from "pg";
import { createLogger } from "#lib";
import { openDatabase, saveBlocks, saveMempoolSnapshot, type SocketConnection } from "#store";
import { REORG } from "./stored-reorg.ts";
import { DAYS } from "./stored-snapshot.ts";

type Order = {
  readonly what: "reorg" | "snapshot";
  readonly connection: SocketConnection;
  readonly statements: number;
};

// Node would do it when it exits, which a killed one does not.
flushCompileCache();
const { what, connection, statements } = JSON.parse(process.argv[2] ?? "") as Order;
const db = await openDatabase({ connection, name: "worker", logger: createLogger(undefined, "silent") });
let sent = 0;
// Whatever PostgreSQL does with a statement that was sent, the one that would follow never comes.
const send = Reflect.get(Client.prototype, "query") as (...args: unknown[]) => unknown;
Reflect.set(Client.prototype, "query", function (this: Client, ...args: unknown[]): unknown {
  if (sent === statements) process.kill(process.pid, "SIGKILL");
  sent += 1;
  return Reflect.apply(send, this, args);
});
if (what === "reorg") await saveBlocks(db, REORG.rival, REORG.undone);
else await saveMempoolSnapshot(db, DAYS.later, DAYS.retention);
process.stdout.write("saved\n");
await db.destroy();
