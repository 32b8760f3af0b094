import { basename } from "node:path";
import { dateOf, type PriceSeries } from "#features";
import { sha256 } from "#lib";
import { readUserFile } from "../csv-files/read-user-file.ts";
import { priceFileUnreadable } from "./errors.ts";
import { parsePrices } from "./parse-prices.ts";

export type PriceFile = {
  readonly series: PriceSeries;
  /** Of the bytes of the file, in hexadecimal digits. */
  readonly sha256: string;
};

/**
 * Reads the closes of a file. The series is named after the file, without `.csv`, and its version is the beginning of a
 * hash of currency and contents: the same file is the same version everywhere.
 * @throws AppError with file and line
 */
export async function readPriceFile(path: string, currency: string): Promise<PriceFile> {
  const bytes = await readUserFile(path, priceFileUnreadable);
  const { firstDay, closes } = parsePrices(path, bytes.toString("utf8"));
  const version = hexHash(Buffer.concat([Buffer.from(`${currency}\n`), bytes])).slice(0, 12);
  const name = basename(path).replace(/\.csv$/i, "");
  return { series: { name, version, currency, firstDay, closes }, sha256: hexHash(bytes) };
}

function hexHash(bytes: Uint8Array): string {
  return Buffer.from(sha256(bytes)).toString("hex");
}

/** What there is to know of a series, in a line for a person. */
export function describePrices({ name, version, currency, firstDay, closes }: PriceSeries): string {
  const missing = closes.filter((close) => close === 0).length;
  const firstGap = dateOf(firstDay + closes.indexOf(0));
  const have = missing === 1 ? "1 day in between has none:" : `${missing} days in between have none, the first`;
  const gaps = missing === 0 ? "" : `; ${have} ${firstGap}`;
  const days = `${(closes.length - missing).toLocaleString("en-US")} days`;
  return `${name} ${version}, ${currency}, ${days} from ${dateOf(firstDay)} to ${dateOf(firstDay + closes.length - 1)}${gaps}`;
}
