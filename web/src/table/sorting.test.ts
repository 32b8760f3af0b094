import { expect, test } from "vitest";
import { pressColumn, readSorting, type Sorting, sortRows, writeSorting } from "./sorting.ts";

const COLUMNS = ["fees", "height"];

test("an order stands in the address and is read from it; unknown columns are left out", () => {
  expect(readSorting("-fees,height,moon", COLUMNS)).toEqual([
    { column: "fees", falling: true },
    { column: "height", falling: false },
  ]);
  expect(writeSorting(readSorting("-fees,height", COLUMNS))).toBe("-fees,height");
  expect([readSorting(undefined, COLUMNS), writeSorting([])]).toEqual([[], undefined]);
});

test("a head is pressed: falling, rising, none; alone or beside the others", () => {
  let sorting: Sorting = [];
  const states = [1, 2, 3].map(() => (sorting = pressColumn(sorting, "fees", false)));
  expect(states.map(writeSorting)).toEqual(["-fees", "fees", undefined]);
  expect(writeSorting(pressColumn(readSorting("-fees", COLUMNS), "height", true))).toBe("-fees,-height");
  expect(writeSorting(pressColumn(readSorting("-fees", COLUMNS), "height", false))).toBe("-height");
});

test("rows come in that order, what is not known last in both directions", () => {
  const rows = [
    { height: 1, fees: 5 },
    { height: 2, fees: null },
    { height: 3, fees: 9 },
    { height: 4, fees: 5 },
  ];
  const sorted = (text: string): number[] =>
    sortRows(rows, readSorting(text, COLUMNS), (row, column) => (column === "fees" ? row.fees : row.height)).map(
      ({ height }) => height,
    );
  expect(sorted("-fees,-height")).toEqual([3, 4, 1, 2]);
  expect(sorted("fees")).toEqual([1, 4, 3, 2]);
});
