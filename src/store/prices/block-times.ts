import { sql } from "kysely";
import type { Database } from "../database/schema.ts";

/** Rows that are in memory at a time. */
const HEIGHTS_AT_ONCE = 50_000;

/** Header times by height, unix seconds, of the connected blocks and of those before them that were asked for; 0 where none is known. */
export async function readHeightTimes(db: Database): Promise<Uint32Array> {
  const { rows } = await sql<{ heights: number }>`SELECT greatest(
      (SELECT max(height) FROM block_times), (SELECT max(height) FROM block_headers WHERE connected), -1
    ) + 1 AS heights`.execute(db);
  const times = new Uint32Array(rows[0]?.heights ?? 0);
  for (let first = 0; first < times.length; first += HEIGHTS_AT_ONCE) {
    for (const { height, time } of await listTimes(db, first)) times[height] = time;
  }
  return times;
}

async function listTimes(db: Database, first: number): Promise<readonly { height: number; time: number }[]> {
  const end = first + HEIGHTS_AT_ONCE;
  const { rows } = await sql<{ height: number; time: number }>`
    SELECT height, time FROM block_times WHERE height >= ${first} AND height < ${end}
    UNION ALL
    SELECT height, time FROM block_headers WHERE connected AND height >= ${first} AND height < ${end}`.execute(db);
  return rows;
}

/** Keeps the times of blocks that are not stored, from this height on; a 0 is none. What is there already stays. */
export async function saveBlockTimes(db: Database, first: number, times: Uint32Array): Promise<void> {
  const known = [...times.entries()].filter(([, time]) => time > 0);
  if (known.length === 0) return;
  const heights = known.map(([offset]) => first + offset);
  await sql`INSERT INTO block_times (height, time)
    SELECT * FROM unnest(${heights}::integer[], ${known.map(([, time]) => time)}::bigint[])
    ON CONFLICT DO NOTHING`.execute(db);
}
