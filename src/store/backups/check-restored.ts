import type { Client } from "pg";
import { countTables } from "./count-rows.ts";
import { damagedBackup, type Manifest, type RowCounts } from "./manifest.ts";

type Counted = Pick<Manifest, "before" | "after" | "inserted">;

export type Restored = {
  readonly counts: RowCounts;
  /** The newest stored block; `null` where none was. */
  readonly height: number | null;
};

/**
 * Whether a restored database holds what was counted, and each height a block with its features. Of one that was brought
 * to another moment than that of the backup nothing was counted.
 * @throws AppError where it does not
 */
export async function checkRestored(client: Client, counted?: Counted): Promise<Restored> {
  const counts = await countTables(client);
  if (counted !== undefined) compareCounts(counts, counted);
  const { rows } = await client.query<{ height: number | null; gaps: string }>(`
    SELECT (SELECT height FROM cursor) AS height,
      (SELECT count(*) FROM block_headers AS header LEFT JOIN block_features ON blockhash = hash WHERE blockhash IS NULL)
      + (SELECT coalesce(max(height) - min(height) + 1 - count(*), 0) FROM block_headers WHERE connected) AS gaps`);
  const [state] = rows;
  if (state === undefined || Number(state.gaps) !== 0)
    throw damagedBackup("blocks are missing in the restored database");
  return { counts, height: state.height };
}

/**
 * The copy ended at some moment between the two countings. Where rows come and go in between (signals that are made anew,
 * events of which a partition is dropped) the table may have been larger or smaller then than at both of them: by no more
 * than what came.
 */
function compareCounts(counts: RowCounts, { before, after, inserted = {} }: Counted): void {
  for (const [table, first] of Object.entries(before)) {
    const [count, last] = [counts[table] ?? 0, after[table] ?? 0];
    const came = Math.max(inserted[table] ?? 0, last - first, 0);
    const [least, most] = [Math.min(first, last - came), first + came];
    if (count >= least && count <= most) continue;
    throw damagedBackup(`the restored table ${table} has ${count} rows, and had ${least} to ${most}`);
  }
}
