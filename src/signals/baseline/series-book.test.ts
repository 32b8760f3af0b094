import { expect, test } from "vitest";
import { SeriesBook } from "./series-book.ts";

test("whoever was not met for long is forgotten, and nobody whose name begins like his", () => {
  const book = new SeriesBook();
  for (const subject of book.subjects("flow", ["Alder", "Alder Pro"], 3)) {
    book.part(book.nameOf("flow", subject), "sum", 9).push(7);
  }
  book.endBlock();
  for (let block = 0; block < 3; block += 1) {
    expect(book.subjects("flow", ["Alder Pro"], 3)).toEqual(["Alder", "Alder Pro"]);
    book.endBlock();
  }
  expect(book.subjects("flow", ["Alder Pro"], 3)).toEqual(["Alder Pro"]);
  expect(book.part(book.nameOf("flow", "Alder Pro"), "sum", 9).at(1)).toBe(7);
  expect(book.part(book.nameOf("flow", "Alder"), "sum", 9).at(1)).toBe(0);
});
