import type { BlockHash } from "#bitcoin";
import type { Database } from "../database/schema.ts";
import { blockHashOfColumn } from "../database/hash-column.ts";
import { missingBlock } from "./errors.ts";

const HASH_BYTES = 32;

/** Headers that one statement reads. */
const AT_ONCE = 2_000;

/** Hashes by height of the blocks that lead to the lowest of the stored chain: 32 bytes each, as there may be a million. */
export class HistoryPath {
  readonly fromHeight: number;
  readonly #hashes: Buffer;

  constructor(fromHeight: number, hashes: Buffer) {
    this.fromHeight = fromHeight;
    this.#hashes = hashes;
  }

  /** `undefined` where the path does not lead by. */
  bytesAt(height: number): Buffer | undefined {
    const at = (height - this.fromHeight) * HASH_BYTES;
    return at < 0 || at >= this.#hashes.length ? undefined : this.#hashes.subarray(at, at + HASH_BYTES);
  }

  at(height: number): BlockHash | undefined {
    const bytes = this.bytesAt(height);
    return bytes && blockHashOfColumn(bytes);
  }
}

/**
 * From a height to the lowest block of the stored chain, which is not part of it.
 * @throws AppError where a block is missing on the way
 */
export async function readPath(db: Database, fromHeight: number): Promise<HistoryPath> {
  const lowest = await findLowest(db);
  const blocks = Math.max(0, (lowest?.height ?? fromHeight) - fromHeight);
  const hashes = Buffer.alloc(blocks * HASH_BYTES);
  let wanted = { height: fromHeight + blocks - 1, hash: lowest?.prevHash };
  for (let last = wanted.height; last >= fromHeight; last -= AT_ONCE) {
    for (const row of await listHeaders(db, Math.max(fromHeight, last - AT_ONCE + 1), last)) {
      if (row.height !== wanted.height || wanted.hash?.equals(row.hash) !== true) continue;
      hashes.set(row.hash, (row.height - fromHeight) * HASH_BYTES);
      wanted = { height: row.height - 1, hash: row.prev_hash };
    }
    if (wanted.height >= Math.max(fromHeight, last - AT_ONCE + 1)) throw missingBlock(wanted.height);
  }
  return new HistoryPath(fromHeight, hashes);
}

/** Of the stored chain, and the block below it. */
export async function findLowest(
  db: Database,
): Promise<{ readonly height: number; readonly prevHash: Buffer } | undefined> {
  const row = await db
    .selectFrom("block_headers")
    .select(["height", "prev_hash"])
    .where("connected", "=", true)
    .orderBy("height")
    .limit(1)
    .executeTakeFirst();
  return row && { height: row.height, prevHash: row.prev_hash };
}

/** From the highest down. Another job may join some of them at this moment, so of both kinds. */
function listHeaders(db: Database, first: number, last: number) {
  return db
    .selectFrom("block_headers")
    .select(["height", "hash", "prev_hash"])
    .where("connected", "in", [false, true])
    .where("height", ">=", first)
    .where("height", "<=", last)
    .orderBy("height", "desc")
    .execute();
}
