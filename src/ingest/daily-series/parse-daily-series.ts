import { COIN } from "#bitcoin";
import { dayOf } from "#features";
import { type DayFigures, feeRateOfDay } from "#signals";
import { type CsvRow, DAYS, decimalOf, readCsvRows } from "../csv-files/csv-rows.ts";
import { badSeries, type SeriesPlace } from "./errors.ts";
import {
  type AmountUnit,
  findColumns,
  type SeriesColumn,
  type SeriesColumns,
  type ToldColumns,
} from "./series-columns.ts";

export type DailySeries = {
  /** Days since 1970-01-01 of the first day. */
  readonly firstDay: number;
  /** The first day and each after it; one that the file does not have knows nothing. */
  readonly days: readonly DayFigures[];
};

export type SeriesReading = {
  readonly path: string;
  readonly text: string;
  readonly told: ToldColumns;
  /** In what amounts are given where the name of their column does not tell. */
  readonly amounts: AmountUnit;
};

/** What a day has when nobody counted its blocks. */
const TARGET_BLOCKS = 144;

const NOTHING: DayFigures = { inflow: null, outflow: null, feeRate: null, blocks: null };

/**
 * CSV with a header row, a row a day, in any order. An empty field is not known, and neither are the days in between
 * that the file does not have.
 * @throws AppError with file, line and column
 */
export function parseDailySeries(reading: SeriesReading): DailySeries {
  const { path, text, told, amounts } = reading;
  const [header, ...rows] = readCsvRows(text, (line, reason) => badSeries({ path, line }, reason));
  if (header === undefined) throw badSeries({ path, line: 1 }, "it is empty; expected a header row");
  const columns = findColumns({ path, line: header.line }, header.fields, told);
  const byDay = new Map<number, { readonly figures: DayFigures; readonly line: number }>();
  for (const row of rows) {
    const [count, wanted] = [row.fields.length, header.fields.length];
    // One too many is often a thousands separator: to leave it out would be to read another number.
    if (count !== wanted)
      throw badSeries({ path, line: row.line }, `${count} fields, where the header row has ${wanted}`);
    const fields = new Fields(path, row);
    const day = fields.day(columns.date);
    const before = byDay.get(day);
    if (before !== undefined) throw fields.wrong(columns.date, `the day has a row already, line ${before.line}`);
    byDay.set(day, { figures: figuresOf(fields, columns, amounts), line: row.line });
  }
  const known = [...byDay.entries()].filter(([, { figures }]) => knowsSomething(figures)).map(([day]) => day);
  if (known.length === 0) throw badSeries({ path, line: header.line + 1 }, "no row after the header row has a number");
  const firstDay = known.reduce((left, right) => Math.min(left, right));
  const lastDay = known.reduce((left, right) => Math.max(left, right));
  const days = Array.from(
    { length: lastDay - firstDay + 1 },
    (_, index) => byDay.get(firstDay + index)?.figures ?? NOTHING,
  );
  return { firstDay, days };
}

function knowsSomething({ inflow, outflow, feeRate }: DayFigures): boolean {
  return inflow !== null || outflow !== null || feeRate !== null;
}

function figuresOf(fields: Fields, columns: SeriesColumns, amounts: AmountUnit): DayFigures {
  const price = fields.number(columns.price);
  const blocks = fields.number(columns.blocks);
  const satsOf = (column: SeriesColumn | undefined): number | null => {
    const value = fields.number(column);
    const unit = column?.unit ?? amounts;
    if (value === null || unit === "sats") return value;
    if (unit === "btc") return value * COIN;
    if (columns.price === undefined) throw fields.wrong(column, "US dollars need a price; say its column with --price");
    return price === null || price === 0 ? null : (value / price) * COIN;
  };
  const fees = satsOf(columns.fees);
  const byFees = fees === null ? null : feeRateOfDay(fees, blocks ?? TARGET_BLOCKS);
  return {
    inflow: satsOf(columns.inflow),
    outflow: satsOf(columns.outflow),
    feeRate: columns.feeRate === undefined ? byFees : fields.number(columns.feeRate),
    blocks,
  };
}

/** The fields of a row, read one by one. */
class Fields {
  readonly #path: string;
  readonly #row: CsvRow;

  constructor(path: string, row: CsvRow) {
    this.#path = path;
    this.#row = row;
  }

  wrong(column: SeriesColumn | undefined, reason: string): Error {
    const place: SeriesPlace = { path: this.#path, line: this.#row.line };
    return badSeries(column === undefined ? place : { ...place, column: column.name }, reason);
  }

  /** `null` where it is empty. */
  number(column: SeriesColumn | undefined): number | null {
    const text = this.#text(column);
    if (column === undefined || text === "") return null;
    const value = decimalOf(text);
    if (!Number.isFinite(value)) throw this.wrong(column, `"${text}" is no number`);
    if (value < 0) throw this.wrong(column, `${text} is below 0`);
    return value;
  }

  /** Days since 1970-01-01, in UTC. */
  day(column: SeriesColumn | undefined): number {
    const text = this.#text(column);
    const day = dayOf(timeOf(text));
    if (day >= DAYS.first && day <= DAYS.last) return day;
    throw this.wrong(column, `"${text}" is no day, expected YYYY-MM-DD or unix seconds, from 1970 to 2106`);
  }

  #text(column: SeriesColumn | undefined): string {
    return column === undefined ? "" : (this.#row.fields[column.index] ?? "");
  }
}

/** Unix seconds of a day, or of a moment in it that stands for the day; `NaN` where it is neither. */
function timeOf(text: string): number {
  if (/^\d{9,10}$/.test(text)) return Number(text);
  const [, date = ""] = /^(\d{4}-\d\d-\d\d)([T ]00:00(:00(\.0+)?)?(Z|[+-]00:?00)?)?$/.exec(text) ?? [];
  const time = date === "" ? Number.NaN : Date.parse(`${date}T00:00:00Z`);
  // 30 February is a day of March to the parser.
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(date) ? Number.NaN : time / 1_000;
}
