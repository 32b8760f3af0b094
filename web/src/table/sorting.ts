/** Columns in the order in which they decide, each with its direction. */
export type Sorting = readonly { readonly column: string; readonly falling: boolean }[];

/** The order of a table as it stands in the address; whether there are such columns, the table knows. */
export function readSortSearch({ sort }: Readonly<Record<string, unknown>>): { readonly sort?: string } {
  return typeof sort === "string" && /^-?\w+(,-?\w+)*$/.test(sort) ? { sort } : {};
}

/** The same, with how many rows are shown where these are more than at first. */
export function readRowsSearch(search: Readonly<Record<string, unknown>>): {
  readonly sort?: string;
  readonly rows?: number;
} {
  const rows = Number(search["rows"]);
  return { ...readSortSearch(search), ...(Number.isSafeInteger(rows) && rows > 0 ? { rows } : {}) };
}

/** As it stands in an address: `-fees,height`. */
export function readSorting(text: unknown, columns: readonly string[]): Sorting {
  if (typeof text !== "string") return [];
  return text.split(",").flatMap((part) => {
    const column = part.replace(/^-/, "");
    return columns.includes(column) ? [{ column, falling: part.startsWith("-") }] : [];
  });
}

export function writeSorting(sorting: Sorting): string | undefined {
  if (sorting.length === 0) return undefined;
  return sorting.map(({ column, falling }) => `${falling ? "-" : ""}${column}`).join(",");
}

/** What a press on a column's head makes of it: falling first, then rising, then none; beside others where they are kept. */
export function pressColumn(sorting: Sorting, column: string, keepOthers: boolean): Sorting {
  const others = keepOthers ? sorting.filter((one) => one.column !== column) : [];
  const before = sorting.find((one) => one.column === column);
  if (before === undefined) return [...others, { column, falling: true }];
  return before.falling ? [...others, { column, falling: false }] : others;
}

export type SortValue = number | string | null;

/** Rows in that order; what is not known comes last in both directions, and equals stay as they were. */
export function sortRows<Row>(
  rows: readonly Row[],
  sorting: Sorting,
  valueOf: (row: Row, column: string) => SortValue,
): readonly Row[] {
  if (sorting.length === 0) return rows;
  return rows.toSorted((left, right) => {
    for (const { column, falling } of sorting) {
      const order = compare(valueOf(left, column), valueOf(right, column), falling);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function compare(left: SortValue, right: SortValue, falling: boolean): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  const order =
    typeof left === "number" && typeof right === "number" ? left - right : String(left).localeCompare(String(right));
  return falling ? -order : order;
}
