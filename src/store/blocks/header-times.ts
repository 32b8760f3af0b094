import type { Database } from "../database/schema.ts";

/** Header times of connected blocks, unix seconds; heights that are not stored are left out. */
export async function listHeaderTimes(
  db: Database,
  heights: readonly number[],
): Promise<readonly { readonly height: number; readonly time: number }[]> {
  if (heights.length === 0) return [];
  return db
    .selectFrom("block_headers")
    .select(["height", "time"])
    .where("connected", "=", true)
    .where("height", "in", heights)
    .orderBy("height")
    .execute();
}
