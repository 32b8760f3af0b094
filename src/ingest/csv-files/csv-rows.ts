import { CsvError, parse } from "csv-parse/sync";
import { dayOf } from "#features";
import type { AppError } from "#lib";

export type CsvRow = { readonly fields: readonly string[]; readonly line: number };

/** Header times have 32 bits, so no block is of another day. */
export const DAYS = { first: 0, last: dayOf(0xffff_ffff) } as const;

/**
 * Rows of a text, each with the line that it ends in; rows may have more or fewer fields than others.
 * @param wrong makes the error for a text that is no CSV
 */
export function readCsvRows(text: string, wrong: (line: number, reason: string) => AppError): CsvRow[] {
  const rows: CsvRow[] = [];
  try {
    parse(text.replaceAll("\r\n", "\n"), {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
      on_record: (fields: string[], { lines }) => void rows.push({ fields, line: lines }),
    });
  } catch (error) {
    if (error instanceof CsvError) throw wrong(Number(error["lines"]), `no CSV: ${error.message}`);
    throw error;
  }
  return rows;
}

/** `NaN` where it is no decimal number. */
export function decimalOf(text: string): number {
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}
