import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { type BlockHash, blockHashOf, type MempoolSnapshot, NETWORKS, parseHeader } from "#bitcoin";
import { AppError, sha256, untilAborted } from "#lib";
import type { ChainBlock, ChainEvent, ChainLink, FollowableSource } from "../chain-source.ts";
import { openFailover, type SourceSwitch } from "./index.ts";

/** How a scripted source behaves from now on. */
type Mode = "fine" | "hanging" | "deaf" | "throwing" | "hopeless" | "down" | "lying" | "ending" | "frozen";
const MODES: readonly Mode[] = ["fine", "hanging", "deaf", "throwing", "hopeless", "down", "lying", "ending", "frozen"];

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A chain that everybody reads: grows, and is reorganised to longer ones. Blocks are headers alone. */
class World {
  chain: ChainBlock[] = [];
  #nonce = 0;

  constructor(blocks: number) {
    this.grow(blocks);
  }

  get tip(): ChainBlock {
    const tip = this.chain.at(-1);
    if (tip === undefined) throw new Error("an empty world");
    return tip;
  }

  grow(blocks: number): void {
    this.chain = [...this.chain];
    for (let block = 0; block < blocks; block += 1) {
      this.chain.push(this.#block(this.chain.length, this.chain.at(-1)?.hash));
    }
  }

  reorganise(depth: number): void {
    this.chain = this.chain.slice(0, -depth);
    this.grow(depth + 1);
  }

  #block(height: number, parent: BlockHash | undefined): ChainBlock {
    const bytes = Buffer.alloc(81);
    if (parent !== undefined) bytes.set(Buffer.from(parent, "hex").toReversed(), 4);
    bytes.writeUInt32LE(0x207fffff, 72);
    bytes.writeUInt32LE((this.#nonce += 1), 76);
    const hash = blockHashOf(bytes.subarray(0, 80), sha256);
    return { height, hash, bytes, spent: undefined, origin: { block: "world", spent: "world" } };
  }
}

class ScriptedSource {
  readonly name: string;
  mode: Mode = "fine";
  chainId = "one chain";
  /** What it tells of header times; nothing where it does not know them. */
  headerTimes: Uint32Array | undefined;
  /** What it is beside that. */
  more: Partial<Pick<FollowableSource, "labels" | "stageEvent">> = {};
  opened = 0;
  closed = 0;
  /** Its follows, those that were left included. */
  follows = 0;
  readonly #world: World;
  #view: readonly ChainBlock[] = [];

  constructor(name: string, world: World, mode: Mode = "fine") {
    this.name = name;
    this.#world = world;
    this.#view = world.chain;
    this.mode = mode;
  }

  async open(): Promise<FollowableSource> {
    if (this.mode === "hanging") await new Promise(() => {});
    if (this.mode === "throwing") throw this.#broken();
    this.opened += 1;
    const { headerTimes } = this;
    return {
      ...(headerTimes === undefined ? {} : { headerTimes: async () => headerTimes }),
      ...this.more,
      kind: "chain",
      name: this.name,
      description: `scripted ${this.name}`,
      network: NETWORKS.regtest,
      chainId: this.chainId,
      pools: [],
      firstHeight: 0,
      now: () => 0,
      tipHeight: () => this.#tipHeight(),
      health: () =>
        this.mode === "down" ? { state: "down", reason: "it is down" } : { state: "healthy", reason: null },
      follow: (held, signal) => this.#follow(held, signal),
      watchMempool: (signal) => this.#watchMempool(signal),
      close: async () => {
        this.closed += 1;
      },
    };
  }

  get #chain(): readonly ChainBlock[] {
    if (this.mode !== "frozen") this.#view = this.#world.chain;
    return this.#view;
  }

  #broken(): AppError {
    return new AppError("TEST_BROKEN", `${this.name} is broken`, { retryable: true });
  }

  async #tipHeight(): Promise<number> {
    if (this.mode === "hanging") await new Promise(() => {});
    if (this.mode === "throwing") throw this.#broken();
    return this.#chain.length - 1;
  }

  /** Event by event, so that a fault may come between the disconnects and connects of a reorg. */
  async *#follow(held: readonly ChainLink[], signal: AbortSignal): AsyncGenerator<ChainEvent> {
    this.follows += 1;
    const own: { height: number; hash: BlockHash }[] = [...held];
    while (!signal.aborted) {
      await turn();
      if (this.mode === "hanging" || this.mode === "deaf") await new Promise(() => {});
      if (this.mode === "throwing") throw this.#broken();
      if (this.mode === "hopeless") throw new AppError("TEST_HOPELESS", `${this.name} is hopeless`);
      if (this.mode === "ending") return;
      if (this.mode === "down") continue;
      const chain = this.#chain;
      const last = own.at(-1);
      const tip = chain.at(-1);
      if (tip === undefined || (last !== undefined && tip.height <= last.height)) continue;
      if (last !== undefined && chain[last.height]?.hash !== last.hash) {
        own.pop();
        yield { type: "disconnect", block: { height: last.height, hash: last.hash } };
        continue;
      }
      const next = chain[(last?.height ?? -1) + 1];
      if (next === undefined) continue;
      own.push(next);
      const block = this.mode === "lying" ? { ...tip, height: next.height + 7 } : next;
      yield { type: "connect", block, tipHeight: tip.height };
    }
  }

  async *#watchMempool(signal: AbortSignal): AsyncGenerator<MempoolSnapshot> {
    yield { source: this.name } as unknown as MempoolSnapshot;
    await untilAborted(signal);
  }
}

const opened: FollowableSource[] = [];

afterEach(async () => {
  for (const source of opened.splice(0)) await source.close();
});

type Opened = { readonly source: FollowableSource; readonly switches: SourceSwitch[] };

async function openAll(sources: readonly ScriptedSource[]): Promise<Opened> {
  const switches: SourceSwitch[] = [];
  const source = await openFailover(sources, {
    finality: 100,
    checkEveryMs: 1_000,
    answerWithinMs: 3,
    onSwitch: (change) => switches.push(change),
    sleep: turn,
  });
  opened.push(source);
  return { source, switches };
}

/** Applies events, checking that each leads on from the one before. */
class Caller {
  readonly chain: ChainLink[];
  readonly events: ChainEvent[] = [];
  error: unknown;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;

  constructor(source: FollowableSource, held: readonly ChainLink[] = []) {
    this.chain = [...held];
    this.#running = this.#run(source).catch((error: unknown) => {
      this.error = error;
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async until(reached: () => boolean): Promise<void> {
    while (!reached() && this.error === undefined) await turn();
  }

  async #run(source: FollowableSource): Promise<void> {
    for await (const event of source.follow([...this.chain], this.#stop.signal)) {
      this.events.push(event);
      const last = this.chain.at(-1);
      if (event.type === "disconnect") {
        expect(event.block).toEqual({ height: last?.height, hash: last?.hash });
        this.chain.pop();
      } else {
        const { prevHash } = parseHeader(event.block.bytes.subarray(0, 80));
        if (last !== undefined) expect([event.block.height, prevHash]).toEqual([last.height + 1, last.hash]);
        this.chain.push(linkOf(event.block));
      }
    }
  }
}

function linkOf({ height, hash }: ChainBlock): ChainLink {
  return { height, hash, bits: 0x207fffff };
}

describe("opening a list", () => {
  test("the first that opens is used; what cannot be opened is said and tried again", async () => {
    const world = new World(5);
    const [first, second] = [new ScriptedSource("a", world, "throwing"), new ScriptedSource("b", world)];
    const { source, switches } = await openAll([first, second]);
    expect(source).toMatchObject({ name: "a,b", description: "a, not reached: a is broken; else scripted b" });
    expect(source.health()).toEqual({ state: "healthy", reason: "second of 2: b, because a: a is broken" });
    first.mode = "fine";
    while (switches.length === 0) await turn();
    expect(switches).toEqual([{ from: "b", to: "a", reason: "a works again" }]);
    expect(source.health()).toEqual({ state: "healthy", reason: "first of 2: a" });
  });

  test("one that hangs does not keep the others from being used", async () => {
    const world = new World(5);
    const { source } = await openAll([new ScriptedSource("a", world, "hanging"), new ScriptedSource("b", world)]);
    expect(source.health().reason).toBe("second of 2: b, because a: it has not answered yet");
    expect(await source.tipHeight()).toBe(4);
  });

  test("a reserve that cannot be used is told while all is well", async () => {
    const world = new World(5);
    const { source } = await openAll([new ScriptedSource("a", world), new ScriptedSource("b", world, "throwing")]);
    const reason = "first of 2: a; in reserve but not to be used: b: b is broken";
    expect(source.health()).toEqual({ state: "healthy", reason });
  });

  test("sources of different chains are refused by name, and closed", async () => {
    const sources = ["a", "b"].map((name) => new ScriptedSource(name, new World(3)));
    for (const source of sources) source.chainId = `chain of ${source.name}`;
    await expect(openAll(sources)).rejects.toMatchObject({
      code: "CHAIN_FAILOVER_OTHER_CHAIN",
      message: expect.stringMatching(/^a and b are of different chains/),
    });
    expect(sources.map(({ closed }) => closed)).toEqual([1, 1]);
  });

  test("one that turns out to be of another chain later is never used", async () => {
    const world = new World(3);
    const [first, second] = [new ScriptedSource("a", world, "throwing"), new ScriptedSource("b", world)];
    first.chainId = "another";
    const { source, switches } = await openAll([first, second]);
    first.mode = "fine";
    while (first.closed === 0) await turn();
    for (let each = 0; each < 50; each += 1) await turn();
    expect(source.health().reason).toMatch(/^second of 2: b, because a: b and a are of different chains/);
    expect([first.opened, switches]).toEqual([1, []]);
  });

  test("none that opens: each is told with its reason", async () => {
    const sources = ["a", "b"].map((name) => new ScriptedSource(name, new World(3), "throwing"));
    await expect(openAll(sources)).rejects.toMatchObject({
      code: "CHAIN_FAILOVER_NONE",
      message: "None of the 2 sources can be opened. a: a is broken; b: b is broken",
    });
  });
});

describe("following a list", () => {
  test.each(MODES.filter((mode) => mode !== "fine"))("a source that is %s is left, and returned to", async (mode) => {
    const world = new World(20);
    const [first, second] = [new ScriptedSource("a", world), new ScriptedSource("b", world)];
    const { source, switches } = await openAll([first, second]);
    const caller = new Caller(source, world.chain.slice(0, 10).map(linkOf));
    await caller.until(() => caller.chain.length === 20);
    first.mode = mode;
    world.grow(5);
    await caller.until(() => caller.chain.length === 25);
    expect(switches.at(-1)).toMatchObject({ from: "a", to: "b", reason: expect.stringMatching(/^a: ./) });
    expect(source.health().reason).toMatch(/^second of 2: b, because a: ./);
    first.mode = "fine";
    await caller.until(() => switches.at(-1)?.to === "a");
    world.grow(1);
    await caller.until(() => caller.chain.length === 26);
    await caller.stop();
    expect(caller.error).toBeUndefined();
    expect(caller.chain.map(({ hash }) => hash)).toEqual(world.chain.map(({ hash }) => hash));
  });

  test("a reorg that breaks off between its disconnects and connects did not happen", async () => {
    const world = new World(20);
    const before = world.chain;
    const [first, second] = [new ScriptedSource("a", world), new ScriptedSource("b", world, "frozen")];
    const { source, switches } = await openAll([first, second]);
    const caller = new Caller(source, before.map(linkOf));
    world.reorganise(8);
    for (let each = 0; each < 5; each += 1) await turn();
    expect(caller.events).toEqual([]);
    first.mode = "throwing";
    await caller.until(() => switches.length > 0);
    expect(caller.chain.length).toBe(20);
    second.mode = "fine";
    await caller.until(() => caller.chain.at(-1)?.hash === world.tip.hash);
    await caller.stop();
    expect(caller.events.map(({ type }) => type)).toEqual([
      ...Array.from({ length: 8 }, () => "disconnect"),
      ...Array.from({ length: 9 }, () => "connect"),
    ]);
  });

  test("what no source can go on from ends it, with what was said", async () => {
    const world = new World(20);
    const sources = ["a", "b"].map((name) => new ScriptedSource(name, world));
    const { source } = await openAll(sources);
    for (const each of sources) each.mode = "hopeless";
    const caller = new Caller(source, world.chain.map(linkOf));
    await caller.until(() => caller.error !== undefined);
    expect(caller.error).toMatchObject({ code: "TEST_HOPELESS", message: "a is hopeless" });
  });

  test("one that fails again and again is returned to less and less often", async () => {
    const world = new World(20);
    const [first, second] = [new ScriptedSource("a", world, "ending"), new ScriptedSource("b", world)];
    const { source, switches } = await openAll([first, second]);
    const caller = new Caller(source);
    for (let each = 0; each < 400; each += 1) await turn();
    await caller.stop();
    // Returning at every check would be some 200 switches.
    expect(switches.length).toBeLessThan(50);
    expect(first.follows).toBeGreaterThan(2);
  });

  test("stopping does not wait for a source that hangs, and closing closes all", async () => {
    const world = new World(20);
    const sources = ["a", "b"].map((name) => new ScriptedSource(name, world, "deaf"));
    const { source } = await openAll(sources);
    const caller = new Caller(source);
    await turn();
    await caller.stop();
    await source.close();
    expect(sources.map(({ closed }) => closed)).toEqual([1, 1]);
    expect(caller.error).toBeUndefined();
  });

  test("header times come from a source that knows them, wherever it stands in the list", async () => {
    const world = new World(20);
    const { signal } = new AbortController();
    const knowing = new ScriptedSource("b", world);
    knowing.headerTimes = Uint32Array.of(7, 8);
    const { source } = await openAll([new ScriptedSource("a", world), knowing]);
    expect([...((await source.headerTimes?.({ first: 0, last: 1 }, signal)) ?? [])]).toEqual([7, 8]);
    const none = await openAll([new ScriptedSource("a", world)]);
    expect(await none.source.headerTimes?.({ first: 0, last: 1 }, signal)).toHaveLength(0);
  });

  test("labels and staged events are passed on, and an active source that stages nothing says so", async () => {
    const world = new World(20);
    const [first, second] = [new ScriptedSource("a", world), new ScriptedSource("b", world)];
    const labels = { name: "its own", list: () => [] };
    const answer = {
      kind: "rain",
      entity: null,
      size: null,
      unit: "times",
      blocks: null,
      fromHeight: 20,
      simulated: true,
    } as const;
    first.more = { labels, stageEvent: async ({ kind }) => ({ ...answer, kind }) };
    const { source } = await openAll([first, second]);
    expect(source.labels).toBe(labels);
    expect(await source.stageEvent?.({ kind: "snow" })).toEqual({ ...answer, kind: "snow" });
    const caller = new Caller(source);
    first.mode = "throwing";
    await expect.poll(() => source.health().reason).toContain("second of 2");
    await expect(source.stageEvent?.({ kind: "snow" })).rejects.toMatchObject({ code: "CHAIN_SIMNET_EVENT" });
    await caller.stop();
    const plain = await openAll([new ScriptedSource("a", world)]);
    expect(plain.source).not.toHaveProperty("labels");
    expect(plain.source).not.toHaveProperty("stageEvent");
  });

  test("the mempool is that of the active source", async () => {
    const world = new World(20);
    const [first, second] = [new ScriptedSource("a", world), new ScriptedSource("b", world)];
    const { source } = await openAll([first, second]);
    const caller = new Caller(source);
    const stop = new AbortController();
    const seen: unknown[] = [];
    for await (const snapshot of source.watchMempool?.(stop.signal) ?? []) {
      seen.push(snapshot);
      first.mode = "down";
      if (seen.length === 2) stop.abort();
    }
    await caller.stop();
    expect(seen).toEqual([{ source: "a" }, { source: "b" }]);
  });
});

type Step =
  | { readonly kind: "grow"; readonly blocks: number }
  | { readonly kind: "reorganise"; readonly blocks: number }
  | { readonly kind: "mode"; readonly source: number; readonly mode: Mode }
  | { readonly kind: "wait"; readonly turns: number };

const blocks = fc.integer({ min: 1, max: 12 });
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("grow" as const), blocks }),
  fc.record({ kind: fc.constant("reorganise" as const), blocks }),
  fc.record({ kind: fc.constant("mode" as const), source: fc.nat(2), mode: fc.constantFrom(...MODES) }),
  fc.record({ kind: fc.constant("wait" as const), turns: fc.nat(15) }),
);

test("whatever fails and switches, the events lead from block to block and end at the tip", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 30 }), fc.nat(20), async (steps, heldBlocks) => {
      const world = new World(20);
      const sources = ["a", "b", "c"].map((name) => new ScriptedSource(name, world));
      const { source } = await openAll(sources);
      let caller = new Caller(source, world.chain.slice(0, heldBlocks).map(linkOf));
      for (const step of steps) await take(step, world, sources);
      for (const each of sources) each.mode = "fine";
      world.grow(1);
      await caller.until(() => caller.chain.at(-1)?.hash === world.tip.hash);
      if (caller.error !== undefined) {
        // All sources said that going on makes no sense; whoever asks again goes on from the same block.
        expect(caller.error).toMatchObject({ code: "TEST_HOPELESS" });
        caller = new Caller(source, caller.chain);
        await caller.until(() => caller.chain.at(-1)?.hash === world.tip.hash);
      }
      await caller.stop();
      await source.close();
      expect(caller.error).toBeUndefined();
      expect(caller.chain.map(({ hash }) => hash)).toEqual(world.chain.map(({ hash }) => hash));
    }),
    // One that waits for ever is told with its steps.
    { numRuns: 60, timeout: 20_000 },
  );
});

async function take(step: Step, world: World, sources: readonly ScriptedSource[]): Promise<void> {
  if (step.kind === "grow") world.grow(step.blocks);
  else if (step.kind === "reorganise") world.reorganise(step.blocks);
  else if (step.kind === "wait") for (let each = 0; each < step.turns; each += 1) await turn();
  else {
    const source = sources[step.source];
    if (source !== undefined) source.mode = step.mode;
  }
}
