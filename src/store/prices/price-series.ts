import { dateOf, type PriceSeries } from "#features";
import { byteaOf } from "../database/hash-column.ts";
import { insertRows } from "../database/insert-rows.ts";
import type { Database } from "../database/schema.ts";

export type PriceSeriesToSave = {
  readonly series: PriceSeries;
  /** Of the file, in hexadecimal digits. */
  readonly sha256: string;
};

/** Stores a version with all its prices, unless it is there already. Returns whether it was new. */
export async function savePriceSeries(db: Database, { series, sha256 }: PriceSeriesToSave): Promise<boolean> {
  const { name, version, currency } = series;
  return db.transaction().execute(async (trx) => {
    const inserted = await trx
      .insertInto("price_series")
      .values({ name, version, currency, sha256: byteaOf(sha256) })
      .onConflict((conflict) => conflict.doNothing())
      .returning("name")
      .executeTakeFirst();
    if (inserted === undefined) return false;
    await insertRows(trx, "prices", priceRows(series));
    return true;
  });
}

function priceRows({ name, version, firstDay, closes }: PriceSeries) {
  const rows = [];
  for (const [index, close] of closes.entries()) {
    if (close > 0) rows.push({ series_name: name, series_version: version, day: dateOf(firstDay + index), close });
  }
  return rows;
}
