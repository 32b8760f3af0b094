import { expect, test } from "vitest";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { addWatch, getWatchesVersion, listWatches, removeWatch } from "./watches.ts";

const ADDRESS = { address: "sim1qexample", script: Uint8Array.of(0, 20, 1, 2, 3) };
const ENTITY = { actor: "example", kind: "exchange" } as const;
const ACTOR = { actor: "example", kind: null };

test("watches are kept once each, with the newest note, and every change shows in their version", async () => {
  const { db } = await openTestDatabase();
  const versions = [await getWatchesVersion(db)];
  const first = await addWatch(db, ADDRESS, null);
  versions.push(await getWatchesVersion(db));
  const second = await addWatch(db, ENTITY, "cold wallet");
  versions.push(await getWatchesVersion(db));
  const third = await addWatch(db, ACTOR, "all of it");
  versions.push(await getWatchesVersion(db));
  expect(await addWatch(db, ADDRESS, "mine")).toBe(first);
  expect(await addWatch(db, ACTOR, null)).toBe(third);
  expect(await listWatches(db)).toMatchObject([
    { id: first, watched: ADDRESS, note: "mine" },
    { id: second, watched: ENTITY, note: "cold wallet" },
    { id: third, watched: ACTOR, note: null },
  ]);
  expect(await removeWatch(db, first)).toBe(true);
  expect(await removeWatch(db, first)).toBe(false);
  versions.push(await getWatchesVersion(db));
  await addWatch(db, ADDRESS, null);
  versions.push(await getWatchesVersion(db));
  expect(new Set(versions).size).toBe(versions.length);
});
