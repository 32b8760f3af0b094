import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { codeOf } from "#lib";
import { damagedBackup } from "../manifest.ts";
import type { LogToReplay } from "./choose-restore.ts";
import { SEGMENT_BYTES } from "./segments.ts";

/** Puts the log where a server that is started on the cluster looks for it. Each file has its own checksum. */
export async function unpackLog({ logDir, files, histories }: LogToReplay, clusterDir: string): Promise<void> {
  const walDir = join(clusterDir, "pg_wal");
  for (const { name, file } of files) {
    // The server takes no shorter file; behind what was written nothing was.
    const whole = Buffer.alloc(SEGMENT_BYTES);
    (await unpack(file)).copy(whole);
    await writeFile(join(walDir, name), whole, { mode: 0o600 });
  }
  for (const name of histories) await copyFile(join(logDir, name), join(walDir, name));
}

async function unpack(file: string): Promise<Buffer> {
  const packed = await readFile(file);
  try {
    return await promisify(gunzip)(packed);
  } catch (cause) {
    if (codeOf(cause)?.startsWith("Z_") !== true) throw cause;
    throw damagedBackup(`${file} was changed since`, cause);
  }
}
