import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { countInsertions, countTables, insertedSince } from "../count-rows.ts";
import type { BackedUpFile, Manifest } from "../manifest.ts";
import { runTool } from "./run-tool.ts";

/** In the format of which `pg_restore` reads. */
export const DUMP = "database.dump";

type Dumping = {
  readonly url: string;
  readonly part: string;
  readonly startedAt: string;
  readonly signal: AbortSignal;
};

/** What a database of one's own holds at one moment, written by `pg_dump`. */
export async function dumpDatabase(client: Client, { url, part, startedAt, signal }: Dumping): Promise<Manifest> {
  const begun = await countInsertions(client);
  const before = await countTables(client);
  const file = join(part, DUMP);
  const args = ["--format=custom", "--no-owner", "--no-privileges", "--file", file];
  await runTool({ name: "pg_dump", args, url, workDir: part, signal });
  const after = await countTables(client);
  const inserted = insertedSince(begun, await countInsertions(client));
  const dump = await describeFile(part, DUMP);
  const finishedAt = new Date().toISOString();
  return { format: 1, kind: "dump", startedAt, finishedAt, bytes: dump.size, before, after, inserted, files: [dump] };
}

export async function describeFile(dir: string, path: string): Promise<BackedUpFile> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(join(dir, path)), hash);
  return { path, size: (await stat(join(dir, path))).size, sha256: hash.digest("hex") };
}
