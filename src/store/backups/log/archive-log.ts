import { mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { constants, gunzip, gzip } from "node:zlib";
import type { Client } from "pg";
import { AppError } from "#lib";
import { writeWhole } from "../write-whole.ts";
import { type KeptLog, nameOfReach, PARTIAL, type Reach, readLogDirectory, WHOLE } from "./log-directory.ts";
import { formatPlace, nameOfSegment, parsePlace, parseSegment, type Segment, SEGMENT_BYTES } from "./segments.ts";

/** The server keeps its log until whoever has this name has copied it. */
export const ARCHIVE_SLOT = "utxoiq_archive";

export type Archived = {
  readonly until: Date;
  readonly timeline: number;
  /** Something is missing before: only backups from now on can be gone on from. */
  readonly anew: boolean;
};

/**
 * Copies what was added to the server's log of changes since the last time: whole files, and what is written of the one
 * of now. Then the server need not keep it any longer. The client is connected to the embedded server.
 */
export async function archiveLog(client: Client, logDir: string): Promise<Archived> {
  await mkdir(logDir, { recursive: true, mode: 0o700 });
  const { from, anew } = await holdLog(client);
  const { until, place, timeline, cluster } = await findEnd(client);
  const walDir = join(cluster, "pg_wal");
  const kept = await readLogDirectory(logDir);
  const current: Segment = { timeline, index: Math.floor(place / SEGMENT_BYTES) };
  for (let index = Math.floor(from / SEGMENT_BYTES); index < current.index; index += 1) {
    await keepSegment({ walDir, logDir, kept }, nameOfSegment({ timeline, index }));
  }
  await keepPartial({ walDir, logDir, kept }, current, place % SEGMENT_BYTES);
  await keepHistories({ walDir, logDir, kept });
  const reach: Reach = { until, segment: nameOfSegment(current), offset: place % SEGMENT_BYTES };
  await writeWhole(join(logDir, nameOfReach(current)), `${JSON.stringify(reach)}\n`);
  const done = current.index * SEGMENT_BYTES;
  if (done > from) {
    await client.query("SELECT pg_replication_slot_advance($1, $2)", [ARCHIVE_SLOT, formatPlace(done)]);
  }
  return { until, timeline, anew };
}

/** From where on the server keeps its log for us. Where it does not, it begins to. */
async function holdLog(client: Client): Promise<{ from: number; anew: boolean }> {
  const { rows } = await client.query<{ restart_lsn: string | null; wal_status: string }>(
    "SELECT restart_lsn, wal_status FROM pg_replication_slots WHERE slot_name = $1",
    [ARCHIVE_SLOT],
  );
  const [slot] = rows;
  const from = slot?.restart_lsn ?? null;
  if (slot !== undefined && from !== null && slot.wal_status !== "lost") return { from: parsePlace(from), anew: false };
  // There was more of it than the server keeps for anybody, and nobody copied it.
  if (slot !== undefined) await client.query("SELECT pg_drop_replication_slot($1)", [ARCHIVE_SLOT]);
  const made = await client.query<{ lsn: string }>("SELECT lsn FROM pg_create_physical_replication_slot($1, true)", [
    ARCHIVE_SLOT,
  ]);
  return { from: parsePlace(made.rows[0]?.lsn ?? ""), anew: true };
}

type End = { readonly until: Date; readonly place: number; readonly timeline: number; readonly cluster: string };

/** A transaction of our own is the last that counts: who goes back to a moment before it stops in front of it. */
async function findEnd(client: Client): Promise<End> {
  const until = new Date();
  await client.query("SET synchronous_commit = on");
  // It has to write something: the end of a transaction that wrote nothing is not flushed with it.
  await client.query("SELECT pg_logical_emit_message(true, 'utxoiq', 'a moment that can be gone back to')");
  const { rows } = await client.query<{ lsn: string; name: string; cluster: string }>(
    `SELECT lsn::text, pg_walfile_name(lsn) AS name, current_setting('data_directory') AS cluster
     FROM pg_current_wal_flush_lsn() AS lsn`,
  );
  const [end] = rows;
  const segment = parseSegment(end?.name ?? "");
  if (end === undefined || segment === undefined) throw new Error("a server tells where its log ends");
  return { until, place: parsePlace(end.lsn), timeline: segment.timeline, cluster: end.cluster };
}

type Places = { readonly walDir: string; readonly logDir: string; readonly kept: KeptLog };

async function keepSegment({ walDir, logDir, kept }: Places, name: string): Promise<void> {
  const content = await readFile(join(walDir, name));
  const path = join(logDir, `${name}${WHOLE}`);
  if (!kept.whole.has(name)) return writeWhole(path, await pack(content));
  // After a crash the server may ask for something twice. Something else under its name is of another database.
  if (!(await promisify(gunzip)(await readFile(path))).equals(content)) throw otherLog(path);
}

async function keepPartial({ walDir, logDir, kept }: Places, segment: Segment, bytes: number): Promise<void> {
  const name = nameOfSegment(segment);
  if (bytes > 0) {
    const file = await open(join(walDir, name), "r");
    try {
      const { buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
      await writeWhole(join(logDir, `${name}${PARTIAL}`), await pack(buffer));
    } finally {
      await file.close();
    }
  }
  for (const older of kept.partial) {
    const whole = parseSegment(older)?.timeline === segment.timeline && older !== name;
    if (whole) await rm(join(logDir, `${older}${PARTIAL}`), { force: true });
  }
}

/** How the server's timelines began, so that no other restored database takes the number of one. */
async function keepHistories({ walDir, logDir, kept }: Places): Promise<void> {
  for (const name of await readdir(walDir)) {
    if (!/^[0-9A-F]{8}\.history$/.test(name) || kept.histories.includes(name)) continue;
    await writeWhole(join(logDir, name), await readFile(join(walDir, name)));
  }
}

/** Fast: much of it are numbers of changed rows, which no patience makes much smaller. */
function pack(content: Buffer): Promise<Buffer> {
  return promisify(gzip)(content, { level: constants.Z_BEST_SPEED });
}

function otherLog(path: string): AppError {
  return new AppError(
    "STORE_BACKUP_OTHER_LOG",
    `${path} is of another database; each needs a directory of its own for its backups.`,
  );
}
