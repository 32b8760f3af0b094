import { expect, test } from "vitest";
import type { Entity, LabelLookup } from "#features";
import { LabelCompiler } from "#labels";
import { addWatch } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { CurrentWatches } from "./current-watches.ts";

/** A script for each entity. */
function labelsOf(version: number, entities: readonly Entity[]): LabelLookup {
  const compiler = new LabelCompiler();
  entities.forEach((entity, index) => {
    compiler.add({ ...entity, script: Uint8Array.of(0x51, index), tag: null, confidence: null, edited: null });
  });
  return compiler.finish(version);
}

test("an actor that is watched without a kind is watched in all its kinds, also in those it is given later", async () => {
  const { db } = await openTestDatabase();
  await addWatch(db, { actor: "acme", kind: null }, null);
  await addWatch(db, { actor: "other", kind: "pool" }, null);
  const first = labelsOf(1, [
    { actor: "Acme", kind: "exchange" },
    { actor: "other", kind: "exchange" },
    { actor: "other", kind: "pool" },
  ]);
  const watches = new CurrentWatches(db);
  expect([...((await watches.newest(first))?.entities ?? [])]).toEqual([0, 2]);
  const second = labelsOf(2, [...first.entities, { actor: "ACME", kind: "custodian" }, { actor: "x", kind: "pool" }]);
  expect([...((await watches.newest(second))?.entities ?? [])].toSorted((left, right) => left - right)).toEqual([
    0, 2, 3,
  ]);
});
