import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { beforeAll, describe, expect, test } from "vitest";
import type { DigestOrder } from "../../../../test/helpers/digest-thread.ts";
import { GOLDENS, SimnetDigest, writeGolden } from "../../../../test/helpers/simnet-digest.ts";
import { decodeSnapshot, encodeSnapshot } from "../snapshot-encoding.ts";
import { advance, createWorld, DENSITIES, type World } from "./index.ts";

const SIDE_BY_SIDE = 400;
const IN_PIECES = 1_000;

async function digestInThread(order: DigestOrder): Promise<readonly string[]> {
  const file = new URL("../../../../test/helpers/digest-thread.ts", import.meta.url);
  const [digests] = await once(new Worker(file, { workerData: order }), "message");
  return digests as readonly string[];
}

const SEED = 42;

function createDemo(): World {
  return createWorld(SEED, DENSITIES.demo);
}

describe("one seed, one chain", { timeout: 120_000 }, () => {
  const demo = GOLDENS.find(({ density }) => density === "demo");
  const realistic = GOLDENS.find(({ density }) => density === "realistic");
  if (demo === undefined || realistic === undefined) throw new Error("there is a golden chain of each density");
  let golden: readonly string[] = [];

  beforeAll(async () => {
    golden = await digestInThread({ ...demo, how: "at heights", heights: [SIDE_BY_SIDE, IN_PIECES, demo.blocks] });
  }, 120_000);

  /**
   * If this fails, the chain has changed: raise ECONOMY_VERSION where stores of the old one may exist, and write the
   * new digest with `UPDATE_GOLDEN=1 npx vitest run src/chain/simnet/economy/determinism.test.ts`
   * (test/helpers/simnet-golden.json, the only place where it stands).
   */
  test("the golden one of the demo density", () => {
    const sha256 = golden[2] ?? "";
    if (process.env["UPDATE_GOLDEN"] === "1") return writeGolden({ ...demo, sha256 });
    expect(sha256).toBe(demo.sha256);
  });

  test("the golden one of the realistic density", async () => {
    const [sha256 = ""] = await digestInThread({ ...realistic, how: "at heights", heights: [realistic.blocks] });
    if (process.env["UPDATE_GOLDEN"] === "1") return writeGolden({ ...realistic, sha256 });
    expect(sha256).toBe(realistic.sha256);
  });

  test("two side by side do not disturb each other, nor does another seed or density", async () => {
    const digests = await digestInThread({ ...demo, how: "side by side", height: SIDE_BY_SIDE });
    expect(digests).toEqual([golden[0], golden[0]]);
  });

  test("in pieces: after restarts from snapshots, with what waits and what is staged", () => {
    const digest = new SimnetDigest();
    let world = createDemo();
    for (const stop of [0, 1, 150, 333, 600, 601, 900, IN_PIECES]) {
      while (world.tip.height < stop) for (const happening of advance(world)) digest.add(happening);
      const restored = decodeSnapshot(encodeSnapshot(world, "golden"), "golden");
      if (restored === undefined) throw new Error("a snapshot can be read");
      world = restored;
    }
    expect(digest.hex()).toBe(golden[1]);
  });

  test("another seed is another chain, and so is another density", () => {
    const first = (world: World) => {
      const digest = new SimnetDigest();
      while (world.tip.height < 1) for (const happening of advance(world)) digest.add(happening);
      return digest.hex();
    };
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
