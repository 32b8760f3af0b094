import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createEconomy, type Economy, makeBlock } from "./economy/index.ts";
import { SnapshotStore } from "./snapshot-store.ts";

const owner = { chainId: "simnet:42:test", seed: 42 };
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "utxoiq-snapshots-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

function economyAt(height: number): Economy {
  const economy = createEconomy(42);
  while (economy.height < height) makeBlock(economy);
  return economy;
}

const fileOf = (height: number) => join(directory, `simnet-42-${height}.snapshot`);

describe("SnapshotStore", () => {
  test("finds the highest snapshot at or below a height, and the economy goes on from it", async () => {
    const store = new SnapshotStore(directory, owner);
    await store.save(economyAt(3));
    await store.save(economyAt(6));
    expect((await store.findAtOrBelow(2))?.height).toBeUndefined();
    expect((await store.findAtOrBelow(5))?.height).toBe(3);
    const found = await store.findAtOrBelow(100);
    const original = economyAt(6);
    expect(found?.tipHash).toBe(original.tipHash);
    expect(found !== undefined && makeBlock(found)).toEqual(makeBlock(original));
  });

  test("keeps two: the one just written and the highest other", async () => {
    const store = new SnapshotStore(directory, owner);
    const kept = async () => (await readdir(directory)).toSorted();
    for (const height of [4, 2, 1]) await store.save(economyAt(height));
    expect(await kept()).toEqual(["simnet-42-1.snapshot", "simnet-42-4.snapshot"]);
    for (const height of [5, 6]) await store.save(economyAt(height));
    expect(await kept()).toEqual(["simnet-42-5.snapshot", "simnet-42-6.snapshot"]);
  });

  test("leaves other files alone", async () => {
    const names = ["simnet-7-9.snapshot", "simnet-42-x.snapshot", "notes.txt"];
    for (const name of names) await writeFile(join(directory, name), "mine");
    const store = new SnapshotStore(directory, owner);
    for (const height of [1, 2, 3]) await store.save(economyAt(height));
    expect(await readdir(directory)).toEqual(expect.arrayContaining(names));
    expect((await store.findAtOrBelow(100))?.height).toBe(3);
  });

  test.each([
    ["a changed byte", (text: string) => text.replace('"height":6', '"height":7')],
    ["a missing end", (text: string) => text.slice(0, -1)],
    ["a changed checksum", (text: string) => text.replace(/ [0-9a-f]/, (found) => (found === " 0" ? " 1" : " 0"))],
    ["an empty file", () => ""],
    ["another format", (text: string) => text.replace("snapshot-1", "snapshot-9")],
  ])("passes over %s and takes the one below", async (_, damage) => {
    const store = new SnapshotStore(directory, owner);
    await store.save(economyAt(3));
    await store.save(economyAt(6));
    const text = await readFile(fileOf(6), "utf8");
    expect(damage(text)).not.toBe(text);
    await writeFile(fileOf(6), damage(text));
    expect((await store.findAtOrBelow(100))?.height).toBe(3);
  });

  test("passes over a snapshot of another chain and one under another height's name", async () => {
    await new SnapshotStore(directory, { ...owner, chainId: "simnet:42:older" }).save(economyAt(3));
    const store = new SnapshotStore(directory, owner);
    expect(await store.findAtOrBelow(100)).toBeUndefined();
    await store.save(economyAt(2));
    await writeFile(fileOf(9), await readFile(fileOf(2), "utf8"));
    expect((await store.findAtOrBelow(100))?.height).toBe(2);
  });

  test("says what it cannot write, and can be asked again", async () => {
    await writeFile(join(directory, "file"), "");
    const store = new SnapshotStore(join(directory, "file"), owner);
    expect(await store.findAtOrBelow(1)).toBeUndefined();
    for (const height of [1, 2]) {
      await expect(store.save(economyAt(height))).rejects.toMatchObject({ code: "CHAIN_SNAPSHOT_UNWRITABLE" });
    }
  });

  test("writes one after the other when asked at the same time", async () => {
    const store = new SnapshotStore(directory, owner);
    await Promise.all([1, 1, 2, 3].map((height) => store.save(economyAt(height))));
    expect((await readdir(directory)).toSorted()).toEqual(["simnet-42-2.snapshot", "simnet-42-3.snapshot"]);
  });
});
