import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type BlockHash, type MempoolSnapshot, scanBlock } from "#bitcoin";
import { untilAborted } from "#lib";
import type { BlockRef, ChainBlock, ChainEvent, ChainLink, EventRequest, FollowableSource } from "../chain-source.ts";
import { advance, createWorld, DENSITIES, nextStepAt, type World } from "./economy/index.ts";
import { openSimnet, type SimnetOptions } from "./simnet-source.ts";
import type { StagedEvent, StagedRecord } from "./staged-events.ts";
import { encodeSnapshot } from "./snapshot-encoding.ts";

/** No branches race on its first 200 blocks; some do after. */
const SEED = 36;

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
    // Others wait for their turn of the event loop.
    await nextTurn();
  };
  return { wall, sleep, clock: () => wall.ms };
}

/** The same for several who wait side by side: time passes when all of them do. */
function createSharedWall(sleepers: number) {
  const wall = { ms: 1_000 };
  const asleep = new Map<() => void, number>();
  const sleep = (durationMs: number, signal: AbortSignal) =>
    new Promise<void>((wake) => {
      if (signal.aborted) return wake();
      signal.addEventListener("abort", () => wake(), { once: true });
      asleep.set(wake, wall.ms + durationMs);
      if (asleep.size < sleepers) return;
      const [first, at] = [...asleep].reduce((one, other) => (other[1] < one[1] ? other : one));
      asleep.delete(first);
      wall.ms = at;
      first();
    });
  return { wall, sleep, clock: () => wall.ms };
}

/** As a database keeps it, for as long as the test lasts. */
function createRecord(): StagedRecord & { readonly kept: StagedEvent[] } {
  const kept: StagedEvent[] = [];
  return {
    kept,
    list: async () => [...kept],
    append: async (event, position) => {
      await nextTurn();
      expect(position).toBe(kept.length);
      kept.push(event);
    },
  };
}

function open(
  options: Partial<SimnetOptions> = {},
  time: Pick<SimnetOptions, "clock" | "sleep"> = createWall(),
): Promise<FollowableSource> {
  const record = createRecord();
  return openSimnet({ seed: SEED, paceFactor: 60, historyBlocks: 20, snapshotDir, record, ...time, ...options });
}

/** The newest held block is enough: the source finds out by itself on which branch it is. */
function heldUpTo(block: BlockRef | undefined): ChainLink[] {
  return block === undefined ? [] : [{ ...block, bits: 0 }];
}

/** What following yields until as many events have come. */
async function followEvents(
  source: FollowableSource,
  from: BlockRef | undefined,
  count: number,
): Promise<ChainEvent[]> {
  const stop = new AbortController();
  const events: ChainEvent[] = [];
  for await (const event of source.follow(heldUpTo(from), stop.signal)) {
    events.push(event);
    if (events.length === count) stop.abort();
  }
  return events;
}

/** Of a stretch in which no branches race. */
async function follow(source: FollowableSource, from: BlockRef | undefined, count: number): Promise<ChainBlock[]> {
  return blocksOf(await followEvents(source, from, count));
}

function blocksOf(events: readonly ChainEvent[]): ChainBlock[] {
  return events.flatMap((event) => (event.type === "connect" ? [event.block] : []));
}

/** What the world itself does, without clock and snapshots. */
function happeningsOf(count: number, world: World = createWorld(SEED, DENSITIES.demo)): ChainEvent[] {
  const events: ChainEvent[] = [];
  while (events.length < count)
    for (const event of advance(world)) events.push(event.type === "connect" ? { ...event, tipHeight: 0 } : event);
  return events.slice(0, count);
}

function chainOf(count: number): ChainBlock[] {
  return blocksOf(happeningsOf(count));
}

/** What matters of events: the tip that the source is on its way to depends on who follows. */
function shapeOf(events: readonly ChainEvent[]) {
  return events.map(({ type, block }) => ({ type, height: block.height, hash: block.hash }));
}

const hashesOf = (blocks: readonly ChainBlock[]) => blocks.map(({ hash }) => hash);
const refOf = ({ height, hash }: ChainBlock): BlockRef => ({ height, hash });

describe("openSimnet", () => {
  test("says what it is", async () => {
    const source = await open();
    const [genesis] = chainOf(1);
    expect(source).toMatchObject({ kind: "chain", name: `simnet:${SEED}` });
    expect(source.network.simulated).toBe(true);
    expect(source.chainId).toBe(`simnet:${SEED}:${genesis?.hash}`);
    expect((await open({ seed: 43 })).chainId).not.toBe(source.chainId);
    expect(source.pools).toHaveLength(5);
    expect(source.pools[0]).toEqual({ name: "Alder Pool (simulated)", tags: ["/Alder Pool (simulated)/"] });
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
    const arrivals: { height: number; waitedMs: number; now: number; time: number }[] = [];
    for await (const { block } of source.follow([], stop.signal)) {
      const { header } = scanBlock((block as ChainBlock).bytes, undefined, {});
      arrivals.push({ height: block.height, waitedMs: time.wall.ms - began, now: source.now(), time: header.time });
      if (arrivals.length === 24) stop.abort();
    }
    expect(arrivals.map(({ height }) => height)).toEqual(Array.from({ length: 24 }, (_, height) => height));
    expect(arrivals.slice(0, 21).every(({ waitedMs }) => waitedMs === 0)).toBe(true);
    const startedAt = arrivals[20]?.now ?? 0;
    for (const { waitedMs, now, time: headerTime } of arrivals.slice(21)) {
      expect(waitedMs).toBeGreaterThan(0);
      // The history ends within a step.
      expect(Math.abs((now - startedAt) / 60 - waitedMs / 1000)).toBeLessThan(1.1);
      // Miners' clocks are up to a minute wrong.
      expect(Math.abs(now - headerTime)).toBeLessThan(90);
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

  test("refuses a block that is not of this chain", async () => {
    const source = await open();
    const strange: BlockRef = { height: 5, hash: "ab".repeat(32) as BlockHash };
    const unknown = { code: "CHAIN_UNKNOWN_BLOCK" };
    await expect(follow(source, strange, 1)).rejects.toMatchObject(unknown);
    const sixth = chainOf(30)[5] ?? failing();
    await expect(follow(source, { height: 6, hash: sixth.hash }, 1)).rejects.toMatchObject(unknown);
  });

  test("goes on from a block of the branch that loses as well as from one of the branch that wins", async () => {
    const events = happeningsOf(1_500);
    const disconnect = events.findIndex(({ type }) => type === "disconnect");
    expect(disconnect).toBeGreaterThan(0);
    for (const position of [disconnect - 2, disconnect - 1, disconnect + 2, disconnect + 5]) {
      const from = events[position];
      if (from?.type !== "connect") continue;
      const resumeFrom = refOf(from.block);
      const rest = await followEvents(await open({ resumeFrom }), resumeFrom, 12);
      expect(shapeOf(rest)).toEqual(shapeOf(events.slice(position + 1, position + 13)));
    }
  });

  test.each(["the caller", "closing the source"])("ends quietly while it waits, by %s", async (by) => {
    const source = await openSimnet({ seed: SEED, paceFactor: 60, historyBlocks: 2, snapshotDir, clock: () => 0 });
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
  test("is the end of the history, then the newest block that was seen", async () => {
    const time = createWall();
    const source = await open({}, time);
    expect(await source.tipHeight()).toBe(20);
    await follow(source, undefined, 24);
    expect(await source.tipHeight()).toBe(23);
  });

  test("stands still while the program is off", async () => {
    const time = createWall();
    const resumeFrom = refOf(chainOf(26)[25] ?? failing());
    time.wall.ms += 3_600_000;
    const source = await open({ resumeFrom }, time);
    expect(await source.tipHeight()).toBe(25);
    const began = time.wall.ms;
    await follow(source, resumeFrom, 1);
    const world = createWorld(SEED, DENSITIES.demo);
    while (world.tip.height < 25) advance(world);
    const wait = world.nextBlockAt - world.time;
    expect(Math.abs((time.wall.ms - began) / 1000 - wait / 60)).toBeLessThan(1.2);
    expect(nextStepAt(world)).toBeLessThanOrEqual(world.nextBlockAt);
  });
});

describe("the mempool", () => {
  test("is watched every second once the history is made, with what the next block will hold", async () => {
    const source = await open({}, createSharedWall(2));
    const stop = new AbortController();
    const snapshots: MempoolSnapshot[] = [];
    const watch = async () => {
      for await (const snapshot of source.watchMempool?.(stop.signal) ?? []) {
        snapshots.push(snapshot);
        if (snapshots.length === 300) stop.abort();
      }
    };
    const run = async () => {
      for await (const _ of source.follow([], stop.signal)) await nextTurn();
    };
    await Promise.all([watch(), run()]);
    expect(snapshots).toHaveLength(300);
    // In some seconds nobody sends anything.
    const changed = snapshots.filter(({ totalFee, count }, at) => {
      const before = snapshots[at - 1];
      return before?.totalFee !== totalFee || before.count !== count;
    });
    expect(changed.length).toBeGreaterThan(270);
    expect(snapshots.at(-1)?.tip?.height).toBeGreaterThan(35);
    for (const { tip, count, histogram, projectedBlocks } of snapshots) {
      expect(tip?.height).toBeGreaterThanOrEqual(20);
      expect(histogram?.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(count);
      for (const { weight } of projectedBlocks.slice(0, -1)) expect(weight).toBeLessThanOrEqual(64_000);
    }
  });
});

describe("staging an event", () => {
  test("puts it on the chain from the next step on, and a restart finds it there", async () => {
    const time = createWall();
    const record = createRecord();
    const source = await open({ record }, time);
    const stop = new AbortController();
    const events: ChainEvent[] = [];
    let staged: unknown;
    for await (const event of source.follow([], stop.signal)) {
      events.push(event);
      if (events.length === 22) {
        // The chain goes on meanwhile.
        staged = source.stageEvent?.({
          kind: "inflow-spike",
          entity: "varnost exchange",
          size: 5_000,
          blocks: 3,
        });
      }
      if (events.length === 40) stop.abort();
    }
    expect(await staged).toEqual({
      kind: "inflow-spike",
      entity: "Varnost Exchange (simulated)",
      size: 5_000,
      unit: "BTC",
      blocks: 3,
      fromHeight: 22,
      simulated: true,
    });
    expect(shapeOf(events)).not.toEqual(shapeOf(happeningsOf(40)));
    expect(shapeOf(events.slice(0, 22))).toEqual(shapeOf(happeningsOf(22)));
    await rm(join(snapshotDir, `simnet-${SEED}-20.snapshot`));
    expect(shapeOf(await followEvents(await open({ record }), undefined, 40))).toEqual(shapeOf(events));
  });

  /** Follows until something is staged at block 22 and a little further, as far as the chain comes. */
  async function stageAndFollow(record: StagedRecord, requests: readonly EventRequest[]) {
    const source = await open({ record });
    const events: ChainEvent[] = [];
    const answers: Promise<unknown>[] = [];
    const following = source.follow([], new AbortController().signal)[Symbol.asyncIterator]();
    while (events.length < 40) {
      const still = events.length < 22 ? [] : [untilAborted(AbortSignal.timeout(4_000))];
      const next = await Promise.race([following.next(), ...still]);
      if (next?.value === undefined) break;
      events.push(next.value);
      if (events.length !== 22) continue;
      for (const request of requests) answers.push(source.stageEvent?.(request) ?? failing());
      for (const answer of answers) answer.catch(() => undefined);
    }
    return { events, answers };
  }

  const SPIKE: EventRequest = { kind: "inflow-spike", entity: "Varnost Exchange", size: 5_000, blocks: 3 };

  test.each<[string, (record: StagedRecord & { readonly kept: StagedEvent[] }) => StagedRecord["append"], number]>([
    ["before it was kept", () => () => new Promise(() => {}), 22],
    [
      "before it was known to be kept",
      ({ append }) =>
        async (...one) => {
          await append(...one);
          await new Promise(() => {});
        },
      22,
    ],
    ["after it was known to be kept", ({ append }) => append, 40],
  ])("a program that is killed %s leaves a chain that the next one goes on with", async (_, appendOf, count) => {
    const record = createRecord();
    const { events } = await stageAndFollow({ ...record, append: appendOf(record) }, [SPIKE]);
    // Nobody goes on before what was staged is kept.
    expect(events).toHaveLength(count);
    const anew = await followEvents(await open({ record }), undefined, 43);
    for (const kept of new Set([22, count])) {
      const resumeFrom = refOf(blocksOf(events.slice(0, kept)).at(-1) ?? failing());
      for (const lost of [false, true]) {
        if (lost) await rm(snapshotDir, { recursive: true, force: true });
        const rest = await followEvents(await open({ record, resumeFrom }), resumeFrom, 43 - kept);
        expect(shapeOf([...events.slice(0, kept), ...rest])).toEqual(shapeOf(anew));
      }
    }
  });

  test("two at once are both kept, in their order", async () => {
    const record = createRecord();
    const { events, answers } = await stageAndFollow(record, [SPIKE, { kind: "fee-spike" }]);
    expect(await Promise.all(answers)).toMatchObject([{ kind: "inflow-spike" }, { kind: "fee-spike", entity: null }]);
    expect(record.kept.map(({ kind }) => kind)).toEqual(["inflow-spike", "fee-spike"]);
    expect(shapeOf(await followEvents(await open({ record }), undefined, 40))).toEqual(shapeOf(events));
  });

  test("where it is not known whether it was kept the chain does not go on", async () => {
    const append = () => Promise.reject(new Error("the connection is lost"));
    const unwritten = { code: "CHAIN_SIMNET_STAGED_UNWRITTEN", message: expect.stringContaining("is lost") };
    await expect(stageAndFollow({ ...createRecord(), append }, [SPIKE])).rejects.toMatchObject(unwritten);
  });

  test("without a record nothing can be staged", async () => {
    expect((await open({ record: undefined })).stageEvent).toBeUndefined();
  });

  test.each([
    [{ kind: "rain" }, "rain is not an event; there are inflow-spike, "],
    [{ kind: "inflow-spike", entity: "Alder Pool" }, "Alder Pool is not one that inflow-spike can happen to"],
    [{ kind: "fee-spike", entity: "Alder Pool" }, "fee-spike happens to all"],
    [{ kind: "fee-spike", size: 0 }, "the size of fee-spike lies between"],
    [{ kind: "fee-spike", size: 21 }, "between 3 and 20 times, not 21"],
    [{ kind: "hash-rate-drop", size: 1.2 }, "between 0.25 and 1 times, not 1.2"],
    [{ kind: "tag-forgery", size: 3 }, "tag-forgery has no size"],
    [{ kind: "tag-forgery", blocks: 2 }, "tag-forgery is one block"],
    [{ kind: "fee-spike", blocks: 1.5 }, "a whole number of blocks"],
    [{ kind: "fee-spike" }, "the history is still being made"],
  ])("refuses %o", async (request, reason) => {
    const source = await open();
    await expect(source.stageEvent?.(request)).rejects.toMatchObject({
      code: "CHAIN_SIMNET_EVENT",
      message: expect.stringContaining(reason),
    });
  });

  test("does not begin with what it does not know", async () => {
    const record = { ...createRecord(), list: async () => [{ kind: "rain", time: 1 }] };
    await expect(open({ record })).rejects.toMatchObject({
      code: "CHAIN_SIMNET_STAGED_UNREADABLE",
      message: expect.stringContaining("a rain"),
    });
  });
});

describe("snapshots", { timeout: 60_000 }, () => {
  const names = async () => (await readdir(snapshotDir)).toSorted();

  test("are kept at the end of the history and once a day after it, two at most", async () => {
    const source = await open();
    await follow(source, undefined, 22);
    expect(await names()).toEqual([`simnet-${SEED}-20.snapshot`]);
    const events = happeningsOf(330);
    await followEvents(source, refOf(blocksOf(events)[21] ?? failing()), 290);
    expect(await names()).toEqual([`simnet-${SEED}-144.snapshot`, `simnet-${SEED}-288.snapshot`]);
    const resumeFrom = refOf(blocksOf(events.slice(0, 312)).at(-1) ?? failing());
    const position = events.findLastIndex(({ block }) => block.hash === resumeFrom.hash);
    const rest = await followEvents(await open({ resumeFrom }), resumeFrom, 9);
    expect(shapeOf(rest)).toEqual(shapeOf(events.slice(position + 1, position + 10)));
  });

  test("are what a restart goes on from", async () => {
    const { chainId } = await open();
    const other = createWorld(43, DENSITIES.demo);
    while (other.tip.height < 11) advance(other);
    await writeFile(join(snapshotDir, `simnet-${SEED}-11.snapshot`), encodeSnapshot(other, chainId));
    const [forged] = blocksOf(happeningsOf(1, other));
    // Only who reads the snapshot takes this block of another chain for one of its own.
    const [next] = await follow(await open(), refOf(forged ?? failing()), 1);
    expect(next?.height).toBe(13);
  });

  test("that are damaged or gone cost time, not the chain", async () => {
    const chain = chainOf(30);
    await follow(await open(), undefined, 25);
    await writeFile(join(snapshotDir, `simnet-${SEED}-20.snapshot`), "damaged");
    const resumeFrom = refOf(chain[24] ?? failing());
    expect(await follow(await open({ resumeFrom }), resumeFrom, 5)).toEqual(chain.slice(25));
  });
});

function failing(): never {
  throw new Error("the chain is shorter than this test thinks");
}
