import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { AppError, codeOf, invariant } from "#lib";
import { clientConfig, type Connection } from "../database/connection.ts";
import { copyFile } from "./copy-file.ts";
import { countInsertions, countTables, insertedSince } from "./count-rows.ts";
import { dumpDatabase } from "./dump/make-dump.ts";
import { inLanes } from "./in-lanes.ts";
import { type BackedUpFile, type Manifest, MANIFEST } from "./manifest.ts";
import { syncPath } from "./sync-path.ts";
import { writeWhole } from "./write-whole.ts";

/** What a server makes anew when it starts, or what is only true while it runs. */
const LEFT_OUT = new Set(["postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map"]);
const LEFT_EMPTY = new Set([
  "pg_wal",
  "pg_replslot",
  "pg_dynshmem",
  "pg_notify",
  "pg_serial",
  "pg_snapshots",
  "pg_stat_tmp",
  "pg_subtrans",
]);

type Options = {
  readonly connection: Connection;
  /** Backups stand in it, each in a directory of its own. */
  readonly toDir: string;
  /** Has a look at all of it before it counts as one; where it throws there is no backup. */
  readonly verify?: ((dir: string) => Promise<void>) | undefined;
  readonly signal: AbortSignal;
};

/**
 * A consistent copy of the embedded server's files while it runs, with the log of what changed meanwhile: a server that
 * is started on it stands where this one stood when the copy ended. Of another server what `pg_dump` writes. Complete, or
 * not there.
 */
export async function makeBackup({
  connection,
  toDir,
  verify,
  signal,
}: Options): Promise<{ dir: string; manifest: Manifest }> {
  const startedAt = new Date().toISOString();
  const dir = join(toDir, `backup-${startedAt.replaceAll(":", "").replace(/\.\d+/, "")}`);
  const part = `${dir}.part`;
  try {
    const manifest = await copy(connection, { part, startedAt, signal });
    await syncTree(part);
    await verify?.(part);
    await rename(part, dir);
    await syncPath(toDir);
    return { dir, manifest };
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

/** Before anything is taken away because of it: the older backup, and the log that the server keeps. */
async function syncTree(part: string): Promise<void> {
  const entries = await readdir(part, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  await inLanes([...paths, part], syncPath);
}

type Copying = { readonly part: string; readonly startedAt: string; readonly signal: AbortSignal };

async function copy(connection: Connection, copying: Copying): Promise<Manifest> {
  const client = new Client({ ...clientConfig(connection), application_name: "utxoiq backup" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await mkdir(copying.part, { recursive: true, mode: 0o700 });
    const manifest =
      "connectionString" in connection
        ? await dumpDatabase(client, { ...copying, url: connection.connectionString })
        : await copyCluster(client, copying);
    await writeWhole(join(copying.part, MANIFEST), `${JSON.stringify(manifest, undefined, 1)}\n`);
    return manifest;
  } finally {
    // The server ends a backup, and lets go of its log, where the connection that began it ends: not after the verifying.
    await client.end();
  }
}

async function copyCluster(client: Client, { part, startedAt, signal }: Copying): Promise<Manifest> {
  const cluster = await text(client, "SELECT current_setting('data_directory')");
  const begun = await countInsertions(client);
  const before = await countTables(client);
  // Keeps the log of changes from being recycled until the connection ends.
  await client.query("SELECT pg_create_physical_replication_slot('utxoiq_backup_' || pg_backend_pid(), true, true)");
  await client.query("SELECT pg_backup_start('utxoiq', true)");
  const target = join(part, "postgres");
  await mkdir(target, { mode: 0o700 });
  const { files, directories } = await copyTree({ from: cluster, to: target, signal });
  const { rows } = await client.query<{ lsn: string; labelfile: string }>(
    "SELECT lsn::text, labelfile FROM pg_backup_stop(false)",
  );
  const [stopped] = rows;
  invariant(stopped !== undefined, "a backup that is stopped tells where");
  await writeFile(join(target, "backup_label"), stopped.labelfile, { mode: 0o600 });
  const first = /\(file ([0-9A-F]{24})\)/.exec(stopped.labelfile)?.[1] ?? "";
  const last = await text(client, `SELECT pg_walfile_name('${stopped.lsn}'::pg_lsn)`);
  await client.query("SELECT pg_switch_wal()");
  files.push(...(await copyLog({ cluster, target, first, last })));
  const after = await countTables(client);
  const inserted = insertedSince(begun, await countInsertions(client));
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const finishedAt = new Date().toISOString();
  return { format: 1, startedAt, finishedAt, bytes, before, after, inserted, files, directories };
}

async function text(client: Client, statement: string): Promise<string> {
  const { rows } = await client.query<[string]>({ text: statement, rowMode: "array" });
  return rows[0]?.[0] ?? "";
}

type Tree = { readonly from: string; readonly to: string; readonly signal: AbortSignal };

async function copyTree({ from, to, signal }: Tree): Promise<{ files: BackedUpFile[]; directories: string[] }> {
  const entries = (await readdir(from, { recursive: true, withFileTypes: true })).map((entry) => ({
    isFile: entry.isFile(),
    path: join(entry.parentPath, entry.name).slice(from.length + 1),
  }));
  // The server misses directories that are not there, also where nothing is in them.
  const directories = entries.filter(({ isFile, path }) => !isFile && !isPassing(path)).map(({ path }) => path);
  for (const path of directories) await mkdir(join(to, path), { recursive: true, mode: 0o700 });
  const files: BackedUpFile[] = [];
  const wanted = entries.filter(({ isFile, path }) => isFile && !isLeftOut(path));
  await inLanes(wanted, async ({ path }) => {
    signal.throwIfAborted();
    try {
      files.push({ path, ...(await copyFile(join(from, path), join(to, path))) });
    } catch (error) {
      // A table that was dropped meanwhile.
      if (codeOf(error) !== "ENOENT") throw error;
    }
  });
  return { files: files.toSorted((left, right) => (left.path < right.path ? -1 : 1)), directories };
}

function isLeftOut(path: string): boolean {
  const [top = ""] = path.split("/");
  return LEFT_OUT.has(path) || LEFT_EMPTY.has(top) || isPassing(path);
}

/** A directory of the moment: of a slot for replication, or of files for sorting. */
function isPassing(path: string): boolean {
  return path.startsWith("pg_replslot/") || path.includes("pgsql_tmp");
}

type Log = { readonly cluster: string; readonly target: string; readonly first: string; readonly last: string };

async function copyLog({ cluster, target, first, last }: Log): Promise<BackedUpFile[]> {
  const names = (await readdir(join(cluster, "pg_wal"))).filter((name) => /^[0-9A-F]{24}$/.test(name));
  const wanted = names.filter((name) => name >= first && name <= last).toSorted();
  if (wanted[0] !== first || wanted.at(-1) !== last) {
    throw new AppError("STORE_BACKUP_FAILED", `The log of changes from ${first} to ${last} is not all there.`);
  }
  const files: BackedUpFile[] = [];
  for (const name of wanted) {
    const path = join("pg_wal", name);
    files.push({ path, ...(await copyFile(join(cluster, path), join(target, path))) });
  }
  return files;
}
