import { expect, test } from "vitest";
import { LabelShelf } from "./label-shelf.ts";

test("one makes a table, the others wait for it, and who asks later has it at once", () => {
  const shelf = new LabelShelf<string, { readonly version: number }>();
  const heard: (readonly [string, number | undefined])[] = [];
  const ask = (asker: string, version = 1): void =>
    shelf.ask(version, asker, (labels) => heard.push([asker, labels?.version]));
  ask("first");
  ask("second");
  ask("third");
  expect(heard).toEqual([["first", undefined]]);
  shelf.leave({ version: 1 });
  ask("late");
  expect(heard.slice(1)).toEqual([
    ["second", 1],
    ["third", 1],
    ["late", 1],
  ]);
  ask("first", 2);
  expect(heard.at(-1)).toEqual(["first", undefined]);
});

test("where the maker is gone another one who waits makes it, and who is gone is not answered", () => {
  const shelf = new LabelShelf<string, { readonly version: number }>();
  const heard: (readonly [string, number | undefined])[] = [];
  for (const asker of ["first", "second", "third"]) {
    shelf.ask(1, asker, (labels) => heard.push([asker, labels?.version]));
  }
  shelf.giveUp("second");
  shelf.giveUp("first");
  shelf.giveUp("third");
  expect(heard).toEqual([
    ["first", undefined],
    ["third", undefined],
  ]);
  shelf.ask(1, "fourth", (labels) => heard.push(["fourth", labels?.version]));
  expect(heard.at(-1)).toEqual(["fourth", undefined]);
});
