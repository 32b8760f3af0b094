import type { DecidingRow } from "#signals";
import { type Database, listLowRates, listRecentRows } from "#store";

/** The newest stored rows up to a height, with what their packages paid where somebody looked. */
export async function listDecidingRows(
  db: Database,
  { height, count }: { readonly height: number; readonly count: number },
): Promise<DecidingRow[]> {
  const rows = await listRecentRows(db, count, height);
  const looked = await listLowRates(db, { fromHeight: height - count + 1, toHeight: height });
  const lowRates = new Map(looked.map(({ hash, lowRate }) => [hash, lowRate]));
  return rows.map((row) => ({ ...row, lowRate: lowRates.get(row.features.blockhash) }));
}
