import type { Client } from "pg";
import { countTables } from "./count-rows.ts";
import { damagedBackup, type Manifest, type RowCounts } from "./manifest.ts";

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
export async function checkRestored(client: Client, counted?: Pick<Manifest, "before" | "after">): Promise<Restored> {
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

function compareCounts(counts: RowCounts, { before, after }: Pick<Manifest, "before" | "after">): void {
  for (const [table, count] of Object.entries(counts)) {
    const bounds = [before[table] ?? 0, after[table] ?? 0] as const;
    if (count >= Math.min(...bounds) && count <= Math.max(...bounds)) continue;
    throw damagedBackup(`the restored table ${table} has ${count} rows, and had ${bounds.join(" to ")}`);
  }
}
