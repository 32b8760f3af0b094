/**
 * Replaces stored blocks and kills itself, as `kill -9` would, when it has sent so many statements:
 * `node save-worker.ts '{"connection":…,"statements":…}'`. Says "saved" where it gets to the end.
 */
import { Client } from "pg";
import { createLogger } from "#lib";
import { openDatabase, saveBlocks, type SocketConnection } from "#store";
import { REORG } from "./stored-reorg.ts";

type Order = { readonly connection: SocketConnection; readonly statements: number };

const { connection, statements } = JSON.parse(process.argv[2] ?? "") as Order;
const db = await openDatabase({ connection, name: "worker", logger: createLogger(undefined, "silent") });
let sent = 0;
// Whatever PostgreSQL does with a statement that was sent, the one that would follow never comes.
const send = Reflect.get(Client.prototype, "query") as (...args: unknown[]) => unknown;
Reflect.set(Client.prototype, "query", function (this: Client, ...args: unknown[]): unknown {
  if (sent === statements) process.kill(process.pid, "SIGKILL");
  sent += 1;
  return Reflect.apply(send, this, args);
});
await saveBlocks(db, REORG.rival, REORG.undone);
process.stdout.write("saved\n");
await db.destroy();
