import { describe, expect, test } from "vitest";
import { GOLDENS, SimnetDigest, writeGolden } from "../../../../test/helpers/simnet-digest.ts";
import { decodeSnapshot, encodeSnapshot } from "../snapshot-encoding.ts";
import { advance, createWorld, DENSITIES, type Happening, type World } from "./index.ts";

/** Until the tip that the world knows is at this height. */
function* happenings(world: World, height: number): Generator<Happening> {
  while (world.tip.height < height) yield* advance(world);
}

function digestOf(seen: Iterable<Happening>): string {
  const digest = new SimnetDigest();
  for (const happening of seen) digest.add(happening);
  return digest.hex();
}

const SEED = 42;

function createDemo(): World {
  return createWorld(SEED, DENSITIES.demo);
}

describe("one seed, one chain", { timeout: 120_000 }, () => {
  /**
   * If this fails, the chain has changed: raise ECONOMY_VERSION where stores of the old one may exist, and write the
   * new digest with `UPDATE_GOLDEN=1 npx vitest run src/chain/simnet/economy/determinism.test.ts`
   * (test/helpers/simnet-golden.json, the only place where it stands).
   */
  test.each(GOLDENS)("the golden one of the $density density", (golden) => {
    const sha256 = digestOf(happenings(createWorld(golden.seed, DENSITIES[golden.density]), golden.blocks));
    if (process.env["UPDATE_GOLDEN"] === "1") return writeGolden({ ...golden, sha256 });
    expect(sha256).toBe(golden.sha256);
  });

  test("two side by side do not disturb each other, nor does another seed or density", () => {
    const blocks = 400;
    const alone = digestOf(happenings(createDemo(), blocks));
    const one = happenings(createDemo(), blocks);
    const two = happenings(createDemo(), blocks);
    const others = [
      happenings(createWorld(SEED + 1, DENSITIES.demo), blocks),
      happenings(createWorld(SEED, DENSITIES.realistic), 8),
    ];
    const digests = [new SimnetDigest(), new SimnetDigest()];
    for (const happening of one) {
      digests[0]?.add(happening);
      for (const other of others) other.next();
      const next = two.next();
      if (next.done !== true) digests[1]?.add(next.value);
    }
    expect(digests.map((digest) => digest.hex())).toEqual([alone, alone]);
  });

  test("in pieces: after restarts from snapshots, with what waits and what is staged", () => {
    const stops = [0, 1, 150, 333, 600, 601, 900];
    const digests = [new SimnetDigest(), new SimnetDigest()];
    for (const happening of happenings(createDemo(), 1_000)) digests[0]?.add(happening);
    let world = createDemo();
    for (const stop of [...stops, 1_000]) {
      for (const happening of happenings(world, stop)) digests[1]?.add(happening);
      const restored = decodeSnapshot(encodeSnapshot(world, "golden"), "golden");
      if (restored === undefined) throw new Error("a snapshot can be read");
      world = restored;
    }
    expect(digests[1]?.hex()).toBe(digests[0]?.hex());
  });

  test("another seed is another chain, and so is another density", () => {
    const first = (world: World) => digestOf(happenings(world, 1));
    const digests = [createDemo(), createWorld(SEED + 1, DENSITIES.demo), createWorld(SEED, DENSITIES.realistic)].map(
      first,
    );
    expect(new Set(digests).size).toBe(3);
  });

  test("says in block 0 what it is", () => {
    const [genesis] = advance(createDemo());
    if (genesis?.type !== "connect") throw new Error("the first that happens is block 0");
    const text = Buffer.from(genesis.block.bytes).toString("latin1");
    expect(text).toContain(`seed ${SEED}, demo: no real money`);
  });
});
