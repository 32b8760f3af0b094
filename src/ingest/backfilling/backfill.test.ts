import { describe, expect, test } from "vitest";
import type { ChainBlock, ChainEvent, FollowableSource } from "#chain";
import { type Publication, replayInsight } from "#insights";
import { AppError, createLogger, sha256 } from "#lib";
import { backfill, claimChain, type Database, findBundle, listRecentLinks } from "#store";
import { extend, reorgEvents } from "../../../test/fixtures/small-chain.ts";
import { openTestDatabase, query } from "../../../test/helpers/database.ts";
import { SHORT_DETECTORS } from "../../../test/helpers/short-detectors.ts";
import { listen } from "../../../test/helpers/heard-insights.ts";
import { visibleState } from "../../../test/helpers/visible-state.ts";
import { CurrentLabels } from "../current-labels.ts";
import { CurrentWatches } from "../current-watches.ts";
import { followChain } from "../follow-chain.ts";
import { chainOf } from "../ingest-set.ts";
import { foldHistory } from "./fold-history.ts";
import { workRange } from "./work-range.ts";
import { madeUpSource } from "../../../test/helpers/made-up-source.ts";

const logger = createLogger(undefined, "silent");
const CHAIN = extend([], 420, "first");
/** Of the block with which the program began that was told to read no history. */
const BEGUN = 250;

const BY = { role: "operator", personId: null, address: null, requestId: null };

type Blocks = readonly ChainBlock[];

function sourceOf(blocks: Blocks, events: readonly ChainEvent[] = []): FollowableSource {
  return madeUpSource({
    tipHeight: async () => blocks.length - 1,
    async *follow() {
      yield* events;
    },
    async *readRange({ first, last }) {
      yield* blocks.slice(first, last + 1);
    },
  });
}

async function follow(
  db: Database,
  events: readonly ChainEvent[],
  { detectors = SHORT_DETECTORS, publication }: { detectors?: typeof SHORT_DETECTORS; publication?: Publication } = {},
): Promise<void> {
  const source = sourceOf(CHAIN, events);
  await claimChain(db, chainOf(source));
  const held = await listRecentLinks(db, 101);
  const signal = AbortSignal.timeout(60_000);
  await followChain({ source, db, held, detectors, publication, onStored: () => {}, logger, signal });
}

/** A database that does something before each transaction that is begun through it. */
function before(db: Database, act: () => Promise<void>): Database {
  const bound = (target: object, name: string | symbol): unknown => {
    const value: unknown = Reflect.get(target, name);
    return typeof value === "function" ? value.bind(target) : value;
  };
  const begin = () =>
    new Proxy(db.transaction(), {
      get: (builder, name) =>
        name !== "execute"
          ? bound(builder, name)
          : async (work: Parameters<typeof builder.execute>[0]) => {
              await act();
              return builder.execute(work);
            },
    });
  return new Proxy(db, { get: (target, name) => (name === "transaction" ? begin : bound(target, name)) });
}

/** The signals of a job, in chunks and pieces so small that it has many transactions. */
function fold(db: Database, jobId: number): Promise<void> {
  const signal = AbortSignal.timeout(60_000);
  return foldHistory({ db, jobId, detectors: SHORT_DETECTORS, signal, chunkBlocks: 60, pieceBlocks: 40 });
}

/** Of a job that reads all that is below, the features are there. */
async function readBelow(db: Database, fromHeight: number, toHeight: number): Promise<number> {
  const { id } = await ask(db, fromHeight, toHeight, "features");
  await work(db);
  expect(await backfill.getJob(db, id)).toMatchObject({ status: "done" });
  const signals = await ask(db, fromHeight, toHeight, "signals");
  await takeTasks(db);
  return signals.id;
}

/** As whoever begins at a height sees them. */
function connects(blocks: Blocks): readonly ChainEvent[] {
  const tipHeight = blocks.at(-1)?.height ?? 0;
  return blocks.map((block) => ({ type: "connect", block, tipHeight }));
}

async function takeTasks(db: Database): Promise<backfill.BackfillTask[]> {
  const taken: backfill.BackfillTask[] = [];
  await backfill.tendJobs(db, async (tasks) => void taken.push(...tasks));
  return taken;
}

async function workOf(db: Database, source: FollowableSource) {
  const labels = await CurrentLabels.open(db, source);
  const basics = { db, source, labels, watches: new CurrentWatches(db), prices: undefined };
  return { ...basics, worker: "test", blocksPerSecond: undefined, signal: AbortSignal.timeout(60_000) };
}

/** Ranges in no order, then the signals. */
async function work(db: Database, source = sourceOf(CHAIN), publication?: Publication): Promise<void> {
  const reading = await workOf(db, source);
  for (let tasks = await takeTasks(db); tasks.length > 0; tasks = await takeTasks(db)) {
    for (const { jobId, rangeId } of tasks.toReversed()) {
      if (rangeId === null) await foldHistory({ ...reading, jobId, detectors: SHORT_DETECTORS, publication });
      else await workRange(reading, rangeId);
    }
  }
}

function ask(db: Database, fromHeight: number, toHeight?: number, only: backfill.BackfillPart | null = null) {
  return backfill.askJob(db, { fromHeight, toHeight, only, askedBy: "test" }, BY);
}

function change(db: Database, id: number, what: backfill.BackfillChange) {
  return backfill.changeJob(db, { id, change: what, by: BY });
}

/**
 * What a text compares with was known when it was told and stays; which insights stand is the same, and each follows from
 * what its bundle holds.
 */
async function comparable(db: Database) {
  const { insights, ...rows } = await visibleState(db);
  return { ...rows, insights: insights.map(({ id, blockHash, status }) => ({ id, blockHash, status })) };
}

async function expectReplayed(db: Database): Promise<void> {
  const { insights } = await visibleState(db);
  for (const { id, status } of insights) {
    if (status === "retracted") continue;
    const found = await findBundle(db, id);
    if (found?.found !== "bundle") throw new Error(`insight ${id} has a bundle`);
    const { differences } = replayInsight(found.bundle, { sha256, detectors: SHORT_DETECTORS });
    expect(differences, found.bundle.insight.headline).toEqual([]);
  }
}

/** Table by table, so that a difference can be read. */
async function expectSame(db: Database, wanted: Awaited<ReturnType<typeof comparable>>): Promise<void> {
  const found = await comparable(db);
  for (const name of Object.keys(wanted) as (keyof typeof wanted)[]) expect(found[name], name).toEqual(wanted[name]);
}

async function freshBuild(blocks: Blocks) {
  const { db } = await openTestDatabase();
  await follow(db, connects(blocks));
  return comparable(db);
}

describe("a backfill", () => {
  test("publishes what who follows the tip would publish", async () => {
    const publication: Publication = { kinds: new Set(["large-transfer"]), leastSurprise: 0, leastConfidence: 0 };
    const { db } = await openTestDatabase();
    await follow(db, connects(CHAIN.slice(BEGUN, 400)), { publication });
    await ask(db, 0, BEGUN - 1);
    await work(db, sourceOf(CHAIN), publication);
    const { insights, signals } = await visibleState(db);
    expect(new Set(insights.map(({ kind }) => kind))).toEqual(new Set(["large-transfer"]));
    expect(signals.some(({ kind }) => kind === "fee-spike")).toBe(true);
  });

  test(
    "of the history that was not read first ends as if it had been, and goes on so",
    { timeout: 120_000 },
    async () => {
      const { db } = await openTestDatabase();
      await follow(db, connects(CHAIN.slice(BEGUN, 400)));
      const { id } = await ask(db, 0, BEGUN - 1);
      await work(db);
      const job = await backfill.getJob(db, id);
      expect(job).toMatchObject({ status: "done", part: "signals", errorCount: 0, failure: null });
      const built = await freshBuild(CHAIN.slice(0, 400));
      expect(built.signals.length).toBeGreaterThan(50);
      await expectSame(db, built);
      await expectReplayed(db);

      await follow(db, connects(CHAIN.slice(400)));
      await expectSame(db, await freshBuild(CHAIN));
      const standing = (await comparable(db)).insights.map(
        ({ id: insight, blockHash }) => [insight, blockHash] as const,
      );
      const heard = [...(await listen(db))].filter(([, where]) => where !== "retracted");
      expect(new Map(heard)).toEqual(new Map(standing));
      await expectReplayed(db);
    },
  );

  test("while the tip is followed, through a reorg, leaves what a fresh build leaves", async () => {
    const { db } = await openTestDatabase();
    const branch = extend(CHAIN.slice(0, 380), 40, "second");
    await follow(db, connects(CHAIN.slice(BEGUN, 390)));
    await ask(db, 100, BEGUN - 1);
    const reading = await workOf(db, sourceOf(CHAIN));
    const [first, ...others] = await takeTasks(db);
    await workRange(reading, first?.rangeId ?? 0);
    // Between the ranges, and between the join and the next block, the tip moves.
    await follow(db, connects(CHAIN.slice(390, 400)));
    for (const { rangeId } of others) await workRange(reading, rangeId ?? 0);
    const moving = followChain({
      db,
      detectors: SHORT_DETECTORS,
      onStored: () => {},
      logger,
      signal: AbortSignal.timeout(60_000),
      held: await listRecentLinks(db, 101),
      source: {
        ...sourceOf(branch),
        async *follow() {
          yield* connects(CHAIN.slice(400, 405));
          await work(db);
          yield* reorgEvents(CHAIN.slice(0, 405), branch).slice(0, -10);
          yield* connects(branch.slice(-10));
        },
      },
    });
    await moving;
    // Where it ended before it took note, the next start does.
    await follow(db, []);
    await expectSame(db, await freshBuild(branch.slice(100)));
    await expectReplayed(db);
  });

  test("that is killed before each of its transactions ends as if it had not been", async () => {
    const { db } = await openTestDatabase();
    await follow(db, connects(CHAIN.slice(BEGUN, 400)));
    const id = await readBelow(db, 0, BEGUN - 1);
    const seen: backfill.StoredSpan["first"][] = [];
    for (let starts = 1; (await backfill.getJob(db, id)).status === "running"; starts += 1) {
      let left = 2;
      const killed = before(db, async () => {
        left -= 1;
        if (left < 0) throw new Error("killed");
      });
      await fold(killed, id).catch((error: unknown) => expect(error).toMatchObject({ message: "killed" }));
      seen.push((await backfill.findSpan(db))?.first ?? -1);
      expect(starts, "each start brings it a transaction on").toBeLessThan(30);
    }
    expect(new Set(seen)).toEqual(new Set([250, 210, 170, 130, 90, 50, 10, 0]));
    await expectSame(db, await freshBuild(CHAIN.slice(0, 400)));
  });

  test("lets live blocks in while its history is joined, which then know of all of it", async () => {
    const { db } = await openTestDatabase();
    await follow(db, connects(CHAIN.slice(BEGUN, 400)));
    const id = await readBelow(db, 0, BEGUN - 1);
    const storedAt: number[] = [];
    const watched = before(db, async () => {
      const span = await backfill.findSpan(db);
      if (span === undefined || span.first === BEGUN || span.first === 0 || span.last >= 410) return;
      // Whoever waited for the end of the join would wait here for ever.
      await follow(db, connects(CHAIN.slice(span.last + 1, span.last + 3)));
      storedAt.push(span.first);
    });
    await fold(watched, id);
    expect(storedAt).toEqual([210, 170, 130, 90, 50, 10]);
    await follow(db, []);
    await expectSame(db, await freshBuild(CHAIN.slice(0, 412)));
  });

  test("goes on where another has joined what it was folding", async () => {
    const { db } = await openTestDatabase();
    await follow(db, connects(CHAIN.slice(BEGUN, 400)));
    const id = await readBelow(db, 0, BEGUN - 1);
    const upper = await ask(db, 100, BEGUN - 1, "signals");
    await takeTasks(db);
    let transactions = 0;
    const watched = before(db, async () => {
      transactions += 1;
      // The first begins it, and each of the next is of 60 blocks.
      if (transactions === 4) await fold(db, upper.id);
    });
    await fold(watched, id);
    expect(await backfill.getJob(db, id)).toMatchObject({ status: "done" });
    expect(await backfill.getJob(db, upper.id)).toMatchObject({ status: "done" });
    await follow(db, []);
    await expectSame(db, await freshBuild(CHAIN.slice(0, 400)));
  });

  test("that is cancelled while its history is joined leaves a chain without a gap", async () => {
    const { db } = await openTestDatabase();
    await follow(db, connects(CHAIN.slice(BEGUN, 400)));
    const id = await readBelow(db, 0, BEGUN - 1);
    const watched = before(db, async () => {
      if ((await backfill.findSpan(db))?.first === 130) await change(db, id, "cancel");
    });
    await fold(watched, id);
    expect(await backfill.findSpan(db)).toMatchObject({ first: 130 });
    const heights = await query(db, "SELECT height FROM block_headers WHERE connected ORDER BY height");
    expect(heights).toEqual(Array.from({ length: 270 }, (_, at) => ({ height: 130 + at })));
  });

  test("of stored blocks makes their rows anew in place", async () => {
    const { db } = await openTestDatabase();
    await follow(db, connects(CHAIN.slice(0, 300)));
    const before = await comparable(db);
    await query(db, "UPDATE block_features SET totalfee = 1, interval = NULL WHERE height BETWEEN 50 AND 60");
    await query(db, "DELETE FROM signals WHERE height BETWEEN 50 AND 200");
    await ask(db, 40, 70);
    await work(db);
    await expectSame(db, before);
  });

  test("leaves a block out that fails, reads the rest, and reads it when it is retried", async () => {
    const { db } = await openTestDatabase();
    await follow(db, connects(CHAIN.slice(BEGUN)));
    const { id } = await ask(db, 0, BEGUN - 1);
    const damaged = CHAIN.map((block) => (block.height === 137 ? { ...block, spent: undefined } : block));
    await work(db, sourceOf(damaged));
    const job = await backfill.getJob(db, id);
    expect(job).toMatchObject({ status: "failed", parkedCount: 1, errorCount: 3, blocksDone: 259, blocksTotal: 260 });
    const [last] = await backfill.listErrors(db, id, 1);
    expect(last).toMatchObject({ height: 137, parked: true, code: "INGEST_SPENT_MISSING" });

    await change(db, id, "retry");
    await work(db);
    expect(await backfill.getJob(db, id)).toMatchObject({ status: "done", parkedCount: 0 });
    await expectSame(db, await freshBuild(CHAIN));
  });

  test("stops when it is paused or cancelled, with whole blocks, and goes on when it is resumed", async () => {
    const { db } = await openTestDatabase();
    await follow(db, connects(CHAIN.slice(BEGUN)));
    const { id } = await ask(db, 0, BEGUN - 1);
    const pausing: FollowableSource = {
      ...sourceOf(CHAIN),
      async *readRange({ first, last }) {
        for (const block of CHAIN.slice(first, last + 1)) {
          if (block.height === 160) await change(db, id, "pause");
          yield block;
        }
      },
    };
    await work(db, pausing);
    const paused = await backfill.getJob(db, id);
    expect(paused.status).toBe("paused");
    expect(paused.blocksPerSecond).toBe(null);
    expect(paused.blocksDone).toBeLessThan(260);
    expect(await takeTasks(db)).toEqual([]);
    await expect(change(db, id, "retry")).rejects.toMatchObject({ code: "STORE_BACKFILL_STATE" });

    await change(db, id, "resume");
    await work(db);
    expect(await backfill.getJob(db, id)).toMatchObject({ status: "done" });
    await expectSame(db, await freshBuild(CHAIN));
    await expect(change(db, id, "cancel")).rejects.toMatchObject({ code: "STORE_BACKFILL_STATE" });
  });

  test("goes on with tasks whose failure nobody could be told of", async () => {
    const { db } = await openTestDatabase();
    await follow(db, connects(CHAIN.slice(BEGUN)));
    await ask(db, 0, BEGUN - 1);
    const lost = await takeTasks(db);
    expect(await takeTasks(db)).toEqual([]);
    await backfill.giveBackTasks(db, lost.slice(1));
    expect(await takeTasks(db)).toEqual(lost.slice(1));
    await backfill.giveBackTasks(db, lost);
    await work(db);
    await expectSame(db, await freshBuild(CHAIN));
  });

  test("has no gap below what is stored, and no block that nobody knows", async () => {
    const { db } = await openTestDatabase();
    await expect(ask(db, 0, 10)).rejects.toMatchObject({ code: "STORE_BACKFILL_RANGE" });
    await follow(db, connects(CHAIN.slice(BEGUN)));
    await expect(ask(db, 0, BEGUN - 2)).rejects.toMatchObject({ code: "STORE_BACKFILL_RANGE" });
    await expect(ask(db, 0, CHAIN.length)).rejects.toMatchObject({ code: "STORE_BACKFILL_RANGE" });
    await expect(ask(db, 20, 10)).rejects.toMatchObject({ code: "STORE_BACKFILL_RANGE" });
    await expect(backfill.getJob(db, 77)).rejects.toMatchObject({ code: "STORE_BACKFILL_UNKNOWN" });
    const { id, toHeight } = await ask(db, 0, undefined, "signals");
    expect(toHeight, "to where nothing is missing").toBe(BEGUN - 1);
    await expect(work(db)).rejects.toMatchObject({ code: "STORE_BACKFILL_GAP" });
    await change(db, id, "cancel");

    const features = await ask(db, 0, BEGUN - 1, "features");
    await work(db);
    expect(await backfill.getJob(db, features.id)).toMatchObject({ status: "done", part: "features" });
    const signals = await ask(db, 0, BEGUN - 1, "signals");
    await work(db);
    expect(await backfill.getJob(db, signals.id)).toMatchObject({ status: "done", part: "signals" });
    await expectSame(db, await freshBuild(CHAIN));
  });

  test("refuses blocks of another branch, and a source that gives none waits for a better moment", async () => {
    const { db } = await openTestDatabase();
    await follow(db, connects(CHAIN.slice(BEGUN)));
    await ask(db, 300, 320);
    const other = extend(CHAIN.slice(0, 299), 60, "other");
    await expect(work(db, sourceOf(other))).rejects.toMatchObject({ code: "STORE_BACKFILL_OTHER_BLOCK" });
    const silent: FollowableSource = {
      ...sourceOf(CHAIN),
      // oxlint-disable-next-line require-yield
      async *readRange() {
        throw new AppError("CHAIN_RPC_UNREACHABLE", "nobody is there", { retryable: true });
      },
    };
    const [range] = (await query(db, "SELECT id FROM backfill_ranges")) as { id: number }[];
    await expect(workRange(await workOf(db, silent), range?.id ?? 0)).rejects.toMatchObject({
      code: "CHAIN_RPC_UNREACHABLE",
    });
  });
});
