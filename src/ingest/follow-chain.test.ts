import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { type ChainBlock, type ChainEvent, type ChainLink, type FollowableSource, followTip } from "#chain";
import type { Publication } from "#insights";
import { createLogger, untilAborted } from "#lib";
import { lookBackOf } from "#signals";
import {
  claimChain,
  type Database,
  findInsight,
  getCursor,
  listEvents,
  listRecentLinks,
  verifyScorecard,
} from "#store";
import { extend, reorgEvents } from "../../test/fixtures/small-chain.ts";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { listen } from "../../test/helpers/heard-insights.ts";
import { visibleState } from "../../test/helpers/visible-state.ts";
import { SHORT_DETECTORS } from "../../test/helpers/short-detectors.ts";
import { type Conduct, type NodeStep, scriptedNode } from "../../test/helpers/scripted-node.ts";
import { followChain, type FollowOptions, type ProcessedBlock } from "./follow-chain.ts";
import { chainOf } from "./ingest-set.ts";
import { Predictions } from "./predictions/predictions.ts";
import { madeUpSource } from "../../test/helpers/made-up-source.ts";

const logger = createLogger(undefined, "silent");

/** Long enough for a fee level to be compared with those before it. */
const HISTORY = 170;

const FINALITY = 100;

type Follow = (held: readonly ChainLink[], signal: AbortSignal) => AsyncIterable<ChainEvent>;

function sourceOf(follow: Follow): FollowableSource {
  return madeUpSource({
    follow,
  });
}

type Following = Pick<FollowOptions, "signal" | "publication" | "onProcessed">;

async function ingestFrom(db: Database, source: FollowableSource, following: Following): Promise<void> {
  await claimChain(db, chainOf(source));
  const held = await listRecentLinks(db, FINALITY + 1);
  const predictions = await Predictions.open({ db, source, logger });
  const told = { onStored: () => {}, logger, ...following };
  await followChain({ source, db, held, predictions, detectors: SHORT_DETECTORS, ...told });
}

function ingest(db: Database, events: readonly ChainEvent[], publication?: Publication): Promise<void> {
  const follow = async function* (): AsyncGenerator<ChainEvent> {
    yield* events;
  };
  const signal = AbortSignal.timeout(60_000);
  return ingestFrom(db, sourceOf(follow), publication === undefined ? { signal } : { signal, publication });
}

/** Follows a node through its steps to the end of them. */
function followNode(db: Database, steps: readonly NodeStep[], questionsAStep: number): Promise<void> {
  const stop = new AbortController();
  const { reader, next } = scriptedNode(steps, { questionsAStep, onEnd: () => stop.abort() });
  const basics = { reader, network: NETWORKS.regtest, firstHeight: 0, finality: FINALITY, onHealth: () => {} };
  const sleep = async (): Promise<void> => next();
  const source = sourceOf((held, signal) => followTip({ ...basics, held, signal, sleep }));
  return ingestFrom(db, source, { signal: stop.signal });
}

describe("following a chain", () => {
  const reorg = fc.record({
    depth: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: FINALITY })),
    growth: fc.integer({ min: 1, max: 5 }),
    conduct: fc.constantFrom<Conduct>(
      "true",
      "made-up tip",
      "tip alone",
      "no blocks",
      "other blocks",
      "old tip",
      "silent",
    ),
  });
  const tree = fc.record({
    reorgs: fc.array(reorg, { minLength: 1, maxLength: 5 }),
    questionsAStep: fc.integer({ min: 3, max: 90 }),
  });

  test("after any tree of reorgs, told by a source that lies at times, all is as if only the winning chain had been", async () => {
    let deepest = 0;
    let returned = 0;
    let retracted = 0;
    let grown = 0;
    let [decided, withdrawn, reopened] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(tree, async ({ reorgs, questionsAStep }) => {
        const live = await openTestDatabase();
        const fresh = await openTestDatabase();
        let chain = extend([], HISTORY, "first");
        const steps: NodeStep[] = [{ chain, conduct: "true" }];
        for (const [index, { depth, growth, conduct }] of reorgs.entries()) {
          steps.push({ chain, conduct });
          chain = extend(chain.slice(0, -depth), depth + growth, `branch ${index}`);
          // Told twice, as notifications are.
          steps.push({ chain, conduct: "true" }, { chain, conduct: "true" });
          deepest = Math.max(deepest, depth);
        }
        await followNode(live.db, steps, questionsAStep);
        await ingest(fresh.db, reorgEvents([], chain));
        const state = await visibleState(live.db);
        expect(state).toEqual(await visibleState(fresh.db));
        expect(new Set(state.signals.map(({ kind }) => kind))).toEqual(new Set(["fee-spike", "large-transfer"]));

        expect((await verifyScorecard(live.db)).broken).toBeUndefined();
        decided += state.predictions.filter(({ state: stands }) => stands === "resolved").length;
        withdrawn += (await query(live.db, "SELECT FROM predictions WHERE state = 'withdrawn'")).length;
        reopened += (await query(live.db, "SELECT FROM scorecard_entries WHERE type = 'reopened'")).length;

        const heard = await listen(live.db);
        const standing = state.insights.map(({ id, blockHash }) => [id, blockHash] as const);
        const gone = [...heard].filter(([, where]) => where === "retracted");
        expect(new Map([...heard].filter(([, where]) => where !== "retracted"))).toEqual(new Map(standing));
        retracted += gone.length;
        const events = await listEvents(live.db, { after: 0, limit: 100_000 });
        grown += state.insights.filter(({ evidence }) => evidence.blocks.length > 1).length;
        returned += events.filter(({ insight }) => insight?.statusReason?.includes("found again")).length;
      }),
      { numRuns: 8, seed: 818_038 },
    );
    // The trees have to hold what this is about.
    expect(deepest).toBeGreaterThan(60);
    expect(returned).toBeGreaterThan(20);
    expect(retracted).toBeGreaterThan(5);
    expect(grown).toBeGreaterThan(5);
    expect(decided).toBeGreaterThan(5);
    expect(withdrawn).toBeGreaterThan(5);
    expect(reopened).toBeGreaterThan(1);
  }, 90_000);

  test("a reorg as deep as is promised is followed, and one that is a block deeper stops it and changes nothing", async () => {
    const { db } = await openTestDatabase();
    const fresh = await openTestDatabase();
    const first = extend([], HISTORY, "first");
    const deepest = extend(first.slice(0, -FINALITY), FINALITY + 1, "deepest");
    const tooDeep = extend(deepest.slice(0, -FINALITY - 1), FINALITY + 2, "too deep");
    const told = (chain: readonly ChainBlock[]): NodeStep => ({ chain, conduct: "true" });
    await followNode(db, [told(first), told(deepest), told(deepest)], 1_000);
    const events = await listEvents(db, { after: 0, limit: 100_000 });
    expect(events.filter(({ type }) => type === "block.disconnected").length).toBe(FINALITY);
    await ingest(fresh.db, reorgEvents([], deepest));
    const state = await visibleState(db);
    expect(state).toEqual(await visibleState(fresh.db));
    await expect(followNode(db, [told(deepest), told(tooDeep), told(tooDeep)], 1_000)).rejects.toMatchObject({
      code: "CHAIN_REORG_TOO_DEEP",
      message: expect.stringMatching(/deeper than the 100 blocks that may be undone \(--finality\)/),
    });
    expect(await visibleState(db)).toEqual(state);
  }, 60_000);

  test("a deep reorg is stored as one: what returns is told as updated where it returns, and was never away", async () => {
    const { db } = await openTestDatabase();
    const fresh = await openTestDatabase();
    // So long that the blocks that are undone have to be made up for by older ones.
    const before = extend([], lookBackOf(SHORT_DETECTORS) + 200, "first");
    const after = extend(before.slice(0, -60), 63, "second");
    await ingest(db, reorgEvents([], before));
    const last = (await listEvents(db, { after: 0, limit: 10_000 })).at(-1)?.id ?? 0;
    await ingest(db, reorgEvents(before, after));
    const events = await listEvents(db, { after: last, limit: 1_000 });
    const heightsOf = (wanted: string): (number | undefined)[] =>
      events.filter(({ type }) => type === wanted).map(({ block }) => block?.height);
    const fork = after.length - 63;
    expect(heightsOf("block.disconnected")).toEqual(Array.from({ length: 60 }, (_, index) => fork + 59 - index));
    expect(heightsOf("block.connected")).toEqual(Array.from({ length: 63 }, (_, index) => fork + index));
    const updated = events.filter(({ insight }) => insight?.statusReason?.includes("found again"));
    expect(updated.length).toBeGreaterThan(10);
    const retracted = events.filter(({ type }) => type === "insight.retracted").map(({ insight }) => insight?.id);
    expect(updated.filter(({ insight }) => retracted.includes(insight?.id))).toEqual([]);
    await ingest(fresh.db, reorgEvents([], after));
    expect(await visibleState(db)).toEqual(await visibleState(fresh.db));
  }, 60_000);

  test("an event that goes on updates its insight, and an update on a block that leaves is taken back", async () => {
    const { db } = await openTestDatabase();
    const fresh = await openTestDatabase();
    // Fees rise in blocks 125 and 126 of a branch with a name of five letters.
    const first = extend([], 127, "first");
    const without = extend(first.slice(0, 126), 2, "another");
    const again = extend(first.slice(0, 126), 3, "third");
    let last = 0;
    const hear = async (from: readonly ChainBlock[], to: readonly ChainBlock[]) => {
      await ingest(db, reorgEvents(from, to));
      const events = await listEvents(db, { after: last, limit: 10_000 });
      last = events.at(-1)?.id ?? last;
      return events.flatMap(({ type, insight }) =>
        insight?.kind === "fee-spike" ? [[type, insight.height, insight.id] as const] : [],
      );
    };
    const [published, updated, ...rest] = await hear([], first);
    const id = published?.[2];
    expect([published?.[0], published?.[1], rest]).toEqual(["insight.published", 125, []]);
    expect(updated).toEqual(["insight.updated", 126, id]);
    expect(await hear(first, without)).toEqual([["insight.updated", 125, id]]);
    expect(await findInsight(db, id ?? "")).toMatchObject({
      status: "preliminary",
      statusReason: `Block 126 (${first[126]?.hash}) left the chain; it stands as in block 125.`,
    });
    expect(await hear(without, again)).toEqual([["insight.updated", 126, id]]);
    await ingest(fresh.db, reorgEvents([], again));
    expect(await visibleState(db)).toEqual(await visibleState(fresh.db));
    // Six blocks more, and what the newest update says is confirmed; and what was claimed is decided.
    const longer = extend(again, 6, "third");
    expect(await hear(again, longer)).toEqual([
      ["insight.updated", 126, id],
      ["insight.updated", 126, id],
    ]);
    expect(await findInsight(db, id ?? "")).toMatchObject({
      status: "confirmed",
      height: 126,
      statusReason: "By block 133 its claim did not come true.",
    });
  }, 30_000);

  test("of kinds that are not published no insight is told; signals are stored and claims are scored all the same", async () => {
    const [{ db }, all] = [await openTestDatabase(), await openTestDatabase()];
    const events = reorgEvents([], extend([], HISTORY, "first"));
    await ingest(db, events, { kinds: new Set(["large-transfer"]), leastSurprise: 0, leastConfidence: 0 });
    await ingest(all.db, events);
    const [state, whole] = [await visibleState(db), await visibleState(all.db)];
    expect(whole.insights.some(({ kind }) => kind === "fee-spike")).toBe(true);
    expect(state.insights).toEqual(whole.insights.filter(({ kind }) => kind === "large-transfer"));
    expect(state.signals).toEqual(whole.signals);
    expect(state.predictions).toEqual(whole.predictions);
    expect(state.predictions.some(({ kind }) => kind === "fee-spike")).toBe(true);
  });

  test("of each block it is told how long it took, and of those that were told of, since when they were known", async () => {
    const { db } = await openTestDatabase();
    const [first, gone, ...chain] = extend([], 5, "first");
    const measured: ProcessedBlock[] = [];
    const follow = async function* (): AsyncGenerator<ChainEvent> {
      if (first === undefined || gone === undefined) return;
      const other = extend([first], 1, "other").slice(1);
      for (const block of [first, ...other]) yield { type: "connect", block, tipHeight: 80 };
      // Taken back before it was stored: it took nothing that is told.
      for (const block of other) yield { type: "disconnect", block };
      for (const block of [gone, ...chain])
        yield { type: "connect", block, tipHeight: 4, heardAt: performance.now() - 3_000 };
    };
    const onProcessed = (blocks: readonly ProcessedBlock[]) => void measured.push(...blocks);
    await ingestFrom(db, sourceOf(follow), { signal: AbortSignal.timeout(60_000), onProcessed });
    expect(measured.map(({ lagMs }) => lagMs !== null)).toEqual([false, true, true, true, true]);
    for (const { processingMs, lagMs } of measured) {
      expect(processingMs).toBeGreaterThan(0);
      if (lagMs !== null) expect(lagMs).toBeGreaterThanOrEqual(3_000);
    }
  });

  test("what is at hand is stored though the source has named a higher tip", async () => {
    const { db } = await openTestDatabase();
    const chain = extend([], 3, "first");
    const stop = new AbortController();
    const follow = async function* (): AsyncGenerator<ChainEvent> {
      for (const block of chain) yield { type: "connect", block, tipHeight: 80 };
      await untilAborted(stop.signal);
    };
    const following = ingestFrom(db, sourceOf(follow), { signal: stop.signal });
    await expect.poll(() => getCursor(db), { timeout: 5_000 }).toMatchObject({ height: 2 });
    stop.abort();
    await following;
  });

  test("stopped within a reorg it leaves the chain as it was, and goes through all of it later", async () => {
    const { db } = await openTestDatabase();
    const fresh = await openTestDatabase();
    const before = extend([], 30, "first");
    const after = extend(before.slice(0, -5), 8, "second");
    await ingest(db, reorgEvents([], before));
    await ingest(db, reorgEvents(before, after).slice(0, 8));
    expect(await getCursor(db)).toMatchObject({ hash: before.at(-1)?.hash });
    await ingest(db, reorgEvents(before, after));
    await ingest(fresh.db, reorgEvents([], after));
    expect(await visibleState(db)).toEqual(await visibleState(fresh.db));
  });

  test("goes on from the cursor after a stop, in whatever pieces", async () => {
    const { db } = await openTestDatabase();
    const fresh = await openTestDatabase();
    const events = reorgEvents([], extend([], 160, "first"));
    await ingest(db, events.slice(0, 73));
    await ingest(db, events.slice(73, 74));
    await ingest(db, events.slice(74));
    await ingest(fresh.db, events);
    expect(await visibleState(db)).toEqual(await visibleState(fresh.db));
  });

  test("a block without spent outputs stops it and leaves what came before", async () => {
    const { db } = await openTestDatabase();
    const chain = extend([], 3, "first");
    const broken = { ...extend(chain, 1, "first")[3], spent: undefined } as ChainBlock;
    const events: ChainEvent[] = [
      ...chain.map((block) => ({ type: "connect", block, tipHeight: 9 }) as const),
      { type: "connect", block: broken, tipHeight: 9 },
    ];
    await expect(ingest(db, events)).rejects.toThrow("its spent outputs are missing");
    expect(await getCursor(db)).toMatchObject({ height: 2 });
  });
});
