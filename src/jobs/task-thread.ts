/** Where a thread of a backfill worker begins. */
import { enableCompileCache } from "node:module";
import { workerData } from "node:worker_threads";
import type { ThreadData } from "./thread-messages.ts";

const { compileCache } = workerData as ThreadData;
if (compileCache !== undefined) enableCompileCache(compileCache);
await import("./do-tasks.ts");
