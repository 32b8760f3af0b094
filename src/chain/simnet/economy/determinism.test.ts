import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { beforeAll, describe, expect, test } from "vitest";
import type { DigestOrder } from "../../../../test/helpers/digest-thread.ts";
import { GOLDENS, SimnetDigest, writeGolden } from "../../../../test/helpers/simnet-digest.ts";
import { decodeSnapshot, encodeSnapshot } from "../snapshot-encoding.ts";
import { advance, createWorld, DENSITIES, type Intervention, type World } from "./index.ts";
import { EPOCH } from "./mining/header-time.ts";

const SIDE_BY_SIDE = 400;
const UNTOUCHED = 600;

async function digestInThread(order: DigestOrder): Promise<readonly string[]> {
  const file = new URL("../../../../test/helpers/digest-thread.ts", import.meta.url);
  const [digests] = await once(new Worker(file, { workerData: order }), "message");
  return digests as readonly string[];
}

const SEED = 42;

/** A campaign that is under way at block 780, and a regime that is at 1,310. */
const ASKED: readonly Intervention[] = [
  { kind: "outflow-spike", entity: "Varnost Exchange", size: 5_000, blocks: 150, time: EPOCH + 700 * 600 },
  { kind: "hash-rate-drop", size: 0.5, blocks: 600, time: EPOCH + 1_200 * 600 },
];

function createDemo(): World {
  return createWorld(SEED, DENSITIES.demo);
}

describe("one seed, one chain", { timeout: 120_000 }, () => {
  const demo = GOLDENS.find(({ density }) => density === "demo");
  const realistic = GOLDENS.find(({ density }) => density === "realistic");
  if (demo === undefined || realistic === undefined) throw new Error("there is a golden chain of each density");
  let golden: readonly string[] = [];

  beforeAll(async () => {
    golden = await digestInThread({ ...demo, how: "at heights", heights: [SIDE_BY_SIDE, UNTOUCHED, demo.blocks] });
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

  test("in pieces: after restarts from snapshots, with what waits, what is staged and what was asked for", async () => {
    const { blocks } = demo;
    const inOneGo = digestInThread({ ...demo, how: "at heights", heights: [blocks], interventions: ASKED });
    const digest = new SimnetDigest();
    const underWay = new Set<string>();
    let world = createDemo();
    for (const stop of [0, 1, 150, 333, UNTOUCHED, 601, 780, 783, 1_310, blocks]) {
      while (world.tip.height < stop) {
        // Nobody knows beforehand what will be asked for.
        const asked = ASKED.filter(({ time }) => time <= world.time);
        for (const happening of advance(world, asked)) digest.add(happening);
      }
      for (const { staged, kind } of world.staging.running) if (staged === "by command") underWay.add(kind);
      if (stop === UNTOUCHED) expect(digest.hex()).toBe(golden[1]);
      const restored = decodeSnapshot(encodeSnapshot(world, "golden"), "golden");
      if (restored === undefined) throw new Error("a snapshot can be read");
      world = restored;
    }
    expect(underWay).toEqual(new Set(ASKED.map(({ kind }) => kind)));
    expect(digest.hex()).not.toBe(golden[2]);
    expect([digest.hex()]).toEqual(await inOneGo);
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
