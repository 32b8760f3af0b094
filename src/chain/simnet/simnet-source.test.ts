import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BlockHash } from "#bitcoin";
import type { BlockRef, ChainBlock, FollowableSource, ChainLink } from "../chain-source.ts";
import { createEconomy, makeBlock, timeOf } from "./economy/index.ts";
import { openSimnet, type SimnetOptions } from "./simnet-source.ts";
import { encodeSnapshot } from "./snapshot-encoding.ts";

let snapshotDir: string;

beforeEach(async () => {
  snapshotDir = await mkdtemp(join(tmpdir(), "utxoiq-simnet-"));
});

afterEach(() => rm(snapshotDir, { recursive: true, force: true }));

/** Wall time that passes only by waiting for it. */
function createWall() {
  const wall = { ms: 1_000 };
  const sleep = async (durationMs: number) => {
    wall.ms += durationMs;
  };
  return { wall, sleep, clock: () => wall.ms };
}

function open(options: Partial<SimnetOptions> = {}, time = createWall()): Promise<FollowableSource> {
  const { clock, sleep } = time;
  return openSimnet({ seed: 42, paceFactor: 60, historyBlocks: 20, snapshotDir, clock, sleep, ...options });
}

/** A simulated chain has no reorgs, so the newest held block is enough. */
function heldUpTo(block: BlockRef | undefined): ChainLink[] {
  return block === undefined ? [] : [{ ...block, bits: 0 }];
}

/** What following yields until as many blocks have come. */
async function follow(source: FollowableSource, from: BlockRef | undefined, count: number): Promise<ChainBlock[]> {
  const stop = new AbortController();
  const blocks: ChainBlock[] = [];
  for await (const event of source.follow(heldUpTo(from), stop.signal)) {
    if (event.type === "connect") blocks.push(event.block);
    if (blocks.length === count) stop.abort();
  }
  return blocks;
}

function chainOf(count: number): ChainBlock[] {
  const economy = createEconomy(42);
  return Array.from({ length: count }, () => makeBlock(economy));
}

const hashesOf = (blocks: readonly ChainBlock[]) => blocks.map(({ hash }) => hash);
const refOf = ({ height, hash }: ChainBlock): BlockRef => ({ height, hash });

describe("openSimnet", () => {
  test("says what it is", async () => {
    const source = await open();
    const [genesis] = chainOf(1);
    expect(source).toMatchObject({ kind: "chain", name: "simnet:42" });
    expect(source.network.simulated).toBe(true);
    expect(source.chainId).toBe(`simnet:42:${genesis?.hash}`);
    expect((await open({ seed: 43 })).chainId).not.toBe(source.chainId);
    expect(source.pools).toHaveLength(5);
    expect(source.pools[0]).toEqual({ name: "Alder Pool", tags: ["/Alder Pool (simulated)/"] });
  });

  test.each([
    { seed: 1.5 },
    { seed: -1 },
    { seed: 2 ** 32 },
    { paceFactor: 0 },
    { paceFactor: Number.NaN },
    { historyBlocks: -1 },
    { historyBlocks: 0.5 },
  ])("refuses %o", async (options) => {
    await expect(open(options)).rejects.toMatchObject({ code: "CHAIN_SIMNET_SETTING" });
  });
});

describe("follow", () => {
  test("goes through the history without waiting, then waits for each block", async () => {
    const time = createWall();
    const source = await open({}, time);
    const began = time.wall.ms;
    const stop = new AbortController();
    const arrivals: { height: number; waitedMs: number; time: number }[] = [];
    for await (const event of source.follow([], stop.signal)) {
      arrivals.push({ height: event.block.height, waitedMs: time.wall.ms - began, time: source.now() });
      if (arrivals.length === 24) stop.abort();
    }
    expect(arrivals.map(({ height }) => height)).toEqual(Array.from({ length: 24 }, (_, height) => height));
    expect(arrivals.slice(0, 21).every(({ waitedMs }) => waitedMs === 0)).toBe(true);
    for (const { height, waitedMs, time: now } of arrivals.slice(21)) {
      expect(waitedMs / 1000).toBeCloseTo((timeOf(height) - timeOf(20)) / 60, 1);
      expect(now - timeOf(height)).toBeLessThanOrEqual(1);
    }
  });

  test("yields the chain of its seed, in one go or in pieces, from one source or from several", async () => {
    const chain = chainOf(30);
    expect(hashesOf(await follow(await open(), undefined, 30))).toEqual(hashesOf(chain));
    let pieces: ChainBlock[] = [];
    for (const count of [1, 4, 15, 1, 9]) {
      const resumeFrom = pieces.map(refOf).at(-1);
      pieces = [...pieces, ...(await follow(await open({ resumeFrom }), resumeFrom, count))];
    }
    expect(pieces).toEqual(chain);
  });

  test("two followers of one source do not disturb each other", async () => {
    const source = await open();
    const [one, other] = await Promise.all([follow(source, undefined, 21), follow(source, undefined, 21)]);
    expect(one).toEqual(chainOf(21));
    expect(other).toEqual(one);
  });

  test("refuses a block that is not of this chain, and one that is yet to come", async () => {
    const source = await open();
    const chain = chainOf(30);
    const strange: BlockRef = { height: 5, hash: "ab".repeat(32) as BlockHash };
    const unknown = { code: "CHAIN_UNKNOWN_BLOCK" };
    await expect(follow(source, strange, 1)).rejects.toMatchObject(unknown);
    await expect(follow(source, { height: 6, hash: hashesOf(chain)[5] as BlockHash }, 1)).rejects.toMatchObject(
      unknown,
    );
    await expect(follow(source, { height: 29, hash: hashesOf(chain)[29] as BlockHash }, 1)).rejects.toMatchObject(
      unknown,
    );
  });

  test.each(["the caller", "closing the source"])("ends quietly while it waits, by %s", async (by) => {
    const source = await openSimnet({ seed: 42, paceFactor: 60, historyBlocks: 2, snapshotDir, clock: () => 0 });
    const stop = new AbortController();
    let blocks = 0;
    for await (const _ of source.follow([], stop.signal)) {
      blocks += 1;
      if (blocks < 3) continue;
      setTimeout(() => (by === "the caller" ? stop.abort() : void source.close()), 20);
    }
    expect(blocks).toBe(3);
  });

  test("yields nothing when aborted before it begins", async () => {
    const source = await open();
    const from = refOf(chainOf(20)[19] ?? failing());
    for (const start of [undefined, from, { ...from, hash: "ab".repeat(32) as BlockHash }]) {
      const events = source.follow(heldUpTo(start), AbortSignal.abort())[Symbol.asyncIterator]();
      expect(await events.next()).toEqual({ done: true, value: undefined });
    }
  });
});

describe("the tip", () => {
  test("is the newest block whose time has come", async () => {
    const time = createWall();
    const source = await open({}, time);
    expect(source.now()).toBe(timeOf(20));
    expect(await source.tipHeight()).toBe(20);
    time.wall.ms += 21_000;
    expect(await source.tipHeight()).toBe(22);
  });

  test("stands still while the program is off", async () => {
    const time = createWall();
    const resumeFrom = refOf(chainOf(26)[25] ?? failing());
    time.wall.ms += 3_600_000;
    const source = await open({ resumeFrom }, time);
    expect(await source.tipHeight()).toBe(25);
    expect(source.now()).toBe(timeOf(25));
    expect((await open({ resumeFrom: refOf(chainOf(4)[3] ?? failing()) })).now()).toBe(timeOf(20));
  });
});

describe("snapshots", { timeout: 60_000 }, () => {
  const names = async () => (await readdir(snapshotDir)).toSorted();

  test("are kept at the end of the history and once a day after it, two at most", async () => {
    const source = await open();
    await follow(source, undefined, 22);
    expect(await names()).toEqual(["simnet-42-20.snapshot"]);
    const chain = chainOf(300);
    await follow(source, refOf(chain[21] ?? failing()), 278);
    expect(await names()).toEqual(["simnet-42-144.snapshot", "simnet-42-288.snapshot"]);
    const resumeFrom = refOf(chain[290] ?? failing());
    expect(await follow(await open({ resumeFrom }), resumeFrom, 9)).toEqual(chain.slice(291));
  });

  test("are what a restart goes on from", async () => {
    const { chainId } = await open();
    const other = createEconomy(43);
    const forged = Array.from({ length: 12 }, () => makeBlock(other)).at(-1) ?? failing();
    await writeFile(join(snapshotDir, "simnet-42-11.snapshot"), encodeSnapshot(other, chainId));
    // Only who reads the snapshot takes this block of another chain for one of its own.
    const [next] = await follow(await open(), refOf(forged), 1);
    expect(next?.height).toBe(12);
  });

  test("that are damaged or gone cost time, not the chain", async () => {
    const chain = chainOf(30);
    await follow(await open(), undefined, 25);
    await writeFile(join(snapshotDir, "simnet-42-20.snapshot"), "damaged");
    const resumeFrom = refOf(chain[24] ?? failing());
    expect(await follow(await open({ resumeFrom }), resumeFrom, 5)).toEqual(chain.slice(25));
  });
});

function failing(): never {
  throw new Error("the chain is shorter than this test thinks");
}
