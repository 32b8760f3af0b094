import { dayOf } from "#features";
import { type CsvRow, DAYS, decimalOf, readCsvRows } from "../csv-files/csv-rows.ts";
import { badPriceFile } from "./errors.ts";

export type DailyPrices = {
  /** Days since 1970-01-01 of the first close. */
  readonly firstDay: number;
  /** Close of the first day and each after it; 0 where there is none. */
  readonly closes: Float64Array;
};

type Columns = { readonly date: number; readonly close: number };

/** Eight decimals count, and sums of a block stay far below what a number can hold. */
const CLOSES = { least: 0.000_000_005, most: 1e12 } as const;

/**
 * CSV with a header row that has `date` (YYYY-MM-DD, a day in UTC) and `close`; other columns are ignored, and rows may
 * come in any order.
 * @throws AppError with file and line
 */
export function parsePrices(path: string, text: string): DailyPrices {
  const [header, ...rows] = readCsvRows(text, (line, reason) => badPriceFile(path, line, reason));
  if (header === undefined) throw badPriceFile(path, 1, "it is empty; expected a header row with date and close");
  const columns = { date: columnOf(path, header, "date"), close: columnOf(path, header, "close") };
  const closes = new Map<number, CsvRow & { readonly close: number }>();
  for (const row of rows) {
    const { day, close } = readPrice(path, row, columns);
    const before = closes.get(day);
    if (before !== undefined) {
      throw badPriceFile(path, row.line, `${row.fields[columns.date]} has a price already, in line ${before.line}`);
    }
    closes.set(day, { ...row, close });
  }
  if (closes.size === 0) throw badPriceFile(path, header.line + 1, "there is no price after the header row");
  const days = [...closes.keys()].toSorted((left, right) => left - right);
  const [firstDay = 0, lastDay = firstDay] = [days[0], days.at(-1)];
  const length = lastDay - firstDay + 1;
  return { firstDay, closes: Float64Array.from({ length }, (_, index) => closes.get(firstDay + index)?.close ?? 0) };
}

function columnOf(path: string, { fields, line }: CsvRow, name: string): number {
  const column = fields.findIndex((field) => field.toLowerCase() === name);
  if (column === -1) throw badPriceFile(path, line, `the header row has no column ${name}: ${fields.join(", ")}`);
  return column;
}

function readPrice(path: string, { fields, line }: CsvRow, columns: Columns): { day: number; close: number } {
  const date = fields[columns.date] ?? "";
  const time = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  const day = dayOf(time / 1_000);
  // 30 February is a day of March to the parser.
  const isDay = day >= DAYS.first && day <= DAYS.last && new Date(time).toISOString().startsWith(date);
  if (!isDay) throw badPriceFile(path, line, `"${date}" is no date, expected YYYY-MM-DD from 1970 to 2106`);
  const text = fields[columns.close] ?? "";
  const close = decimalOf(text);
  if (Number.isNaN(close)) throw badPriceFile(path, line, `"${text}" is no number`);
  if (close < CLOSES.least || close > CLOSES.most) {
    throw badPriceFile(path, line, `a close of ${text} is no price, expected more than 0 at eight decimals`);
  }
  return { day, close };
}
