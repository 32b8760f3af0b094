import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { advance, createWorld, DENSITIES, type Intervention, type World } from "./economy/index.ts";
import { SnapshotStore } from "./snapshot-store.ts";

const owner = { chainId: "simnet:42:test", name: "simnet-42", staged: { all: [] } };
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "utxoiq-snapshots-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

function worldAt(height: number): World {
  const world = createWorld(42, DENSITIES.demo);
  while (world.tip.height < height) advance(world);
  return world;
}

const fileOf = (height: number) => join(directory, `simnet-42-${height}.snapshot`);

describe("SnapshotStore", () => {
  test("finds the highest snapshot at or below a height, and the world goes on from it", async () => {
    const store = new SnapshotStore(directory, owner);
    await store.save(worldAt(3));
    await store.save(worldAt(6));
    expect(await store.findAtOrBelow(2)).toBeUndefined();
    expect((await store.findAtOrBelow(5))?.tip.height).toBe(3);
    const found = await store.findAtOrBelow(100);
    const original = worldAt(6);
    expect(found?.tip.hash).toBe(original.tip.hash);
    if (found === undefined) throw new Error("there is a snapshot");
    for (let step = 0; step < 40; step += 1) expect(advance(found)).toEqual(advance(original));
  });

  test("keeps two: the one just written and the highest other", async () => {
    const store = new SnapshotStore(directory, owner);
    const kept = async () => (await readdir(directory)).toSorted();
    for (const height of [4, 2, 1]) await store.save(worldAt(height));
    expect(await kept()).toEqual(["simnet-42-1.snapshot", "simnet-42-4.snapshot"]);
    for (const height of [5, 6]) await store.save(worldAt(height));
    expect(await kept()).toEqual(["simnet-42-5.snapshot", "simnet-42-6.snapshot"]);
  });

  test("leaves other files alone", async () => {
    const names = ["simnet-7-9.snapshot", "simnet-42-x.snapshot", "notes.txt"];
    for (const name of names) await writeFile(join(directory, name), "mine");
    const store = new SnapshotStore(directory, owner);
    for (const height of [1, 2, 3]) await store.save(worldAt(height));
    expect(await readdir(directory)).toEqual(expect.arrayContaining(names));
    expect((await store.findAtOrBelow(100))?.tip.height).toBe(3);
  });

  test.each<[string, (bytes: Buffer) => Buffer]>([
    ["a changed byte", (bytes) => Buffer.from(bytes.map((byte, at) => (at === bytes.length - 9 ? byte ^ 1 : byte)))],
    ["a missing end", (bytes) => bytes.subarray(0, -1)],
    ["a changed checksum", (bytes) => Buffer.from(bytes.map((byte, at) => (at === 60 ? byte ^ 1 : byte)))],
    ["an empty file", () => Buffer.alloc(0)],
    ["another format", (bytes) => Buffer.from(bytes.toString("latin1").replace("snapshot-3", "snapshot-9"), "latin1")],
  ])("passes over %s and takes the one below", async (_, damage) => {
    const store = new SnapshotStore(directory, owner);
    await store.save(worldAt(3));
    await store.save(worldAt(6));
    const bytes = await readFile(fileOf(6));
    const damaged = damage(bytes);
    expect(damaged.equals(bytes)).toBe(false);
    await writeFile(fileOf(6), damaged);
    expect((await store.findAtOrBelow(100))?.tip.height).toBe(3);
  });

  test("passes over a snapshot of another chain and one under another height's name", async () => {
    await new SnapshotStore(directory, { ...owner, chainId: "simnet:42:older" }).save(worldAt(3));
    const store = new SnapshotStore(directory, owner);
    expect(await store.findAtOrBelow(100)).toBeUndefined();
    await store.save(worldAt(2));
    await writeFile(fileOf(9), await readFile(fileOf(2)));
    expect((await store.findAtOrBelow(100))?.tip.height).toBe(2);
  });

  test("passes over a snapshot of a chain on which something else was staged, or something before it", async () => {
    const spike = (time: number) => ({ kind: "fee-spike", size: 8, time }) as const;
    const world = createWorld(42, DENSITIES.demo);
    while (world.tip.height < 2) advance(world);
    const all = [spike(world.time)];
    while (world.tip.height < 4) advance(world, all);
    const storeOf = (staged: readonly Intervention[]) =>
      new SnapshotStore(directory, { ...owner, staged: { all: staged } });
    await storeOf(all).save(world);
    const later = [...all, spike(world.time)];
    for (const same of [all, later]) expect((await storeOf(same).findAtOrBelow(9))?.tip.height).toBe(4);
    const earlier = [...all, spike(world.time - 1)];
    for (const other of [[], [spike(world.time)], [{ ...spike(1), size: 9 }], earlier]) {
      expect(await storeOf(other).findAtOrBelow(9)).toBeUndefined();
    }
  });

  test("says what it cannot write, and can be asked again", async () => {
    await writeFile(join(directory, "file"), "");
    const store = new SnapshotStore(join(directory, "file"), owner);
    expect(await store.findAtOrBelow(1)).toBeUndefined();
    for (const height of [1, 2]) {
      await expect(store.save(worldAt(height))).rejects.toMatchObject({ code: "CHAIN_SNAPSHOT_UNWRITABLE" });
    }
  });

  test("writes one after the other when asked at the same time", async () => {
    const store = new SnapshotStore(directory, owner);
    await Promise.all([1, 1, 2, 3].map((height) => store.save(worldAt(height))));
    expect((await readdir(directory)).toSorted()).toEqual(["simnet-42-2.snapshot", "simnet-42-3.snapshot"]);
  });
});
