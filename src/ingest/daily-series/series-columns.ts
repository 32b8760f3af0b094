import { badSeries, type SeriesPlace } from "./errors.ts";

/** In what coins are counted. */
export const AMOUNT_UNITS = ["btc", "sats", "usd"] as const;

export type AmountUnit = (typeof AMOUNT_UNITS)[number];

/** What a column of a daily series may be. */
export type SeriesFigure = "date" | "inflow" | "outflow" | "fees" | "feeRate" | "blocks" | "price";

/** Names of columns that the user told, by what they are. */
export type ToldColumns = { readonly [Figure in SeriesFigure]?: string | undefined };

export type SeriesColumn = {
  /** As the header row has it. */
  readonly name: string;
  readonly index: number;
  /** Of an amount; `undefined` where the name does not tell. */
  readonly unit: AmountUnit | undefined;
};

export type SeriesColumns = { readonly [Figure in SeriesFigure]?: SeriesColumn };

type KnownName = { readonly name: string; readonly unit?: AmountUnit };

/**
 * Names that tell what a column is, in small letters; the first that is there counts.
 * Source: Coin Metrics' names of metrics (`FlowInExNtv`, in coins, and `FlowInExUSD`).
 */
const KNOWN_NAMES: Readonly<Record<SeriesFigure, readonly KnownName[]>> = {
  date: [{ name: "date" }, { name: "time" }, { name: "timestamp" }, { name: "day" }, { name: "t" }],
  inflow: [{ name: "flowinexntv", unit: "btc" }, { name: "flowinexusd", unit: "usd" }, { name: "inflow" }],
  outflow: [{ name: "flowoutexntv", unit: "btc" }, { name: "flowoutexusd", unit: "usd" }, { name: "outflow" }],
  fees: [{ name: "feetotntv", unit: "btc" }, { name: "feetotusd", unit: "usd" }, { name: "fees" }],
  feeRate: [{ name: "fee_rate" }, { name: "feerate" }],
  blocks: [{ name: "blkcnt" }, { name: "blocks" }],
  price: [{ name: "priceusd" }, { name: "price" }, { name: "close" }],
};

const FIGURES = Object.keys(KNOWN_NAMES) as SeriesFigure[];

/**
 * Which column is what: by what was told, else by its name.
 * @throws AppError where a column that was told is not there, or nothing is that detectors look at
 */
export function findColumns(place: SeriesPlace, header: readonly string[], told: ToldColumns): SeriesColumns {
  const taken = new Set(Object.values(told).map((name) => name?.toLowerCase()));
  const found = FIGURES.flatMap((figure) => {
    const asked = told[figure];
    const names = asked === undefined ? KNOWN_NAMES[figure].filter(({ name }) => !taken.has(name)) : [nameOf(asked)];
    const column = names.map((known) => columnOf(header, known)).find((each) => each !== undefined);
    if (column === undefined && asked !== undefined) {
      throw badSeries(place, `the header row has no column ${asked}: ${header.join(", ")}`);
    }
    return column === undefined ? [] : [[figure, column] as const];
  });
  const columns: SeriesColumns = Object.fromEntries(found);
  requireColumns(place, header, columns);
  return columns;
}

/** What is known of a name that the user told. */
function nameOf(told: string): KnownName {
  const name = told.toLowerCase();
  const known = Object.values(KNOWN_NAMES).flat();
  return known.find((each) => each.name === name) ?? { name };
}

function columnOf(header: readonly string[], { name, unit }: KnownName): SeriesColumn | undefined {
  const index = header.findIndex((field) => field.toLowerCase() === name);
  return index === -1 ? undefined : { name: header[index] ?? name, index, unit };
}

function requireColumns(place: SeriesPlace, header: readonly string[], columns: SeriesColumns): void {
  const have = header.join(", ");
  if (columns.date === undefined) {
    throw badSeries(place, `no column of the header row is known to be the date: ${have}; say which with --date`);
  }
  const { inflow, outflow, fees, feeRate } = columns;
  if ([inflow, outflow, fees, feeRate].every((column) => column === undefined)) {
    const say = "say what one is with --inflow, --outflow, --fees or --fee-rate";
    throw badSeries(place, `no column of the header row is known to be a flow or fees: ${have}; ${say}`);
  }
}
