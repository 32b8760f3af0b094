import { expect, test } from "vitest";
import { SeriesBook } from "./series-book.ts";

test("whoever was not met for long is forgotten, and nobody whose name begins like his", () => {
  const book = new SeriesBook();
  const subjects = book.subjects("flow");
  const met = (...actors: string[]) => {
    for (const actor of actors) subjects.meet({ actor, kind: "exchange" });
    const listed = subjects.list(3);
    book.endBlock();
    return listed.map(({ entity, memory }) => ({ actor: entity.actor, sums: memory.series("sum", 9) }));
  };
  for (const { sums } of met("Alder Pro", "Alder")) sums.push(7);
  for (let block = 0; block < 3; block += 1) {
    expect(met("Alder Pro").map(({ actor }) => actor)).toEqual(["Alder", "Alder Pro"]);
  }
  expect(met("Alder Pro").map(({ actor, sums }) => [actor, sums.at(1)])).toEqual([["Alder Pro", 7]]);
  expect(met("Alder").map(({ actor, sums }) => [actor, sums.at(1)])).toEqual([
    ["Alder", 0],
    ["Alder Pro", 7],
  ]);
});
