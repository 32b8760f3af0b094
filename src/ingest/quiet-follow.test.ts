import { expect, test } from "vitest";
import type { ChainBlock, ChainEvent, FollowableSource } from "#chain";
import type { Label } from "#labels";
import { createLogger, pause, untilAborted } from "#lib";
import type { Detector } from "#signals";
import { claimChain, type Database, getTip, importLabels, listInsights, listQuiet, listRecentLinks } from "#store";
import { extend, reorgEvents } from "../../test/fixtures/small-chain.ts";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { visibleState } from "../../test/helpers/visible-state.ts";
import { followChain } from "./follow-chain.ts";
import { chainOf } from "./ingest-set.ts";
import { madeUpSource } from "../../test/helpers/made-up-source.ts";

const RANK = { percentile: 100, sampleSize: 10 };
const METRIC = { name: "Made up", unit: "count", value: 2, baseline: 1, level: 1 } as const;

/** Tell of every block; what they measure does not matter here. */
const EVERY: readonly Detector[] = (["block-interval", "inflow-spike", "empty-block"] as const).map((kind) => ({
  kind,
  lookBack: 0,
  detect: ({ features: { height, blockhash } }) => [
    {
      kind,
      height,
      blockhash,
      startHeight: height,
      direction: "above" as const,
      surprise: RANK,
      subject: kind === "inflow-spike" ? { actor: "Acme", kind: "exchange" as const } : null,
      metrics: [METRIC, METRIC],
      transfers: [],
    },
  ],
}));

function sourceOf(follow: FollowableSource["follow"]): FollowableSource {
  return madeUpSource({
    follow,
  });
}

type Watching = {
  readonly signal?: AbortSignal;
  readonly onUndone?: (blocks: number) => void;
};

async function ingest(db: Database, follow: FollowableSource["follow"], watching: Watching = {}): Promise<void> {
  const { signal = AbortSignal.timeout(60_000), onUndone = () => {} } = watching;
  const source = sourceOf(follow);
  await claimChain(db, chainOf(source));
  await followChain({
    source,
    db,
    signal,
    detectors: EVERY,
    held: await listRecentLinks(db, 101),
    onStored: () => {},
    onUndone,
    logger: createLogger(undefined, "silent"),
  });
}

function playing(events: readonly ChainEvent[]): FollowableSource["follow"] {
  return async function* () {
    yield* events;
  };
}

async function heightsOf(db: Database, kind: string): Promise<number[]> {
  const insights = await listInsights(db, { limit: 10_000 });
  return insights
    .filter((insight) => insight.kind === kind && insight.status !== "retracted")
    .map(({ height }) => height)
    .toSorted((left, right) => left - right);
}

function heightsBut(length: number, from: number, count: number): number[] {
  return Array.from({ length }, (_, height) => height).filter((height) => height < from || height >= from + count);
}

async function quietOfTip(db: Database) {
  const tip = await getTip(db);
  return tip === undefined ? [] : listQuiet(db, tip.hash);
}

test("a clock that jumps silences waits for eleven blocks: live, after a restart, after a reorg and read anew", async () => {
  const [live, fresh] = [await openTestDatabase(), await openTestDatabase()];
  const wrong = extend(extend(extend([], 20, "first"), 1, "jump", 3_600), 4, "first");
  const right = extend(wrong.slice(0, 20), 5, "second");
  const chain = extend(extend(extend(right, 15, "second"), 1, "jump", 7_000), 20, "second");
  await ingest(live.db, playing(reorgEvents([], wrong)));
  expect(await quietOfTip(live.db)).toMatchObject([
    { reason: "clock-jump", sinceHeight: 21, withheld: ["block-interval"] },
  ]);
  expect(await heightsOf(live.db, "block-interval")).toEqual(heightsBut(25, 21, 4));
  // What was wrong leaves the chain, and with it the silence.
  const later = reorgEvents(wrong, chain);
  await ingest(live.db, playing(later.slice(0, 30)));
  await ingest(live.db, playing(later.slice(30)));
  await ingest(fresh.db, playing(reorgEvents([], chain)));
  expect(await visibleState(live.db)).toEqual(await visibleState(fresh.db));
  expect(await heightsOf(live.db, "block-interval")).toEqual(heightsBut(61, 41, 11));
  expect(await heightsOf(live.db, "empty-block")).toEqual(heightsBut(61, 0, 0));
  expect(await quietOfTip(live.db)).toEqual([]);
}, 60_000);

async function* labelsOf(actor: string): AsyncGenerator<Label> {
  const unknown = { tag: null, address: null, category: null, label: null, source: null, edited: null } as const;
  const rest = { validFrom: null, validUntil: null, confidence: null, abuse: null, file: "own.csv" } as const;
  yield { ...unknown, ...rest, script: new Uint8Array(22).fill(7), actor, kind: "exchange" };
}

test("labels that cannot be read silence who is told by them, block by block, until they can be", async () => {
  const { db } = await openTestDatabase();
  const chain = extend([], 40, "first");
  const connect = (block: ChainBlock): ChainEvent => ({ type: "connect", block, tipHeight: block.height });
  const steps = [
    { to: 10, before: async () => {} },
    {
      to: 20,
      before: async () => {
        await importLabels(db, { files: ["own.csv"], labels: labelsOf("Acme") });
        await query(db, "ALTER VIEW label_owners RENAME TO label_owners_gone");
      },
    },
    { to: 40, before: () => query(db, "ALTER VIEW label_owners_gone RENAME TO label_owners") },
  ];
  await ingest(db, async function* () {
    let at = 0;
    for (const { to, before } of steps) {
      await before();
      // Labels are looked at again once a second.
      if (at > 0) await pause(1_100, new AbortController().signal);
      for (; at < to; at += 1) yield connect(chain[at] as ChainBlock);
    }
  });
  const quiet = await db.selectFrom("quiet_blocks").selectAll().orderBy("blockhash").execute();
  const unreadable = quiet.filter(({ reason }) => reason === "labels-unreadable");
  expect(unreadable.length).toBe(10);
  expect(unreadable[0]).toMatchObject({ since_height: 10, withheld: ["inflow-spike"] });
  expect(unreadable[0]?.detail).toContain("labels of version 1 cannot be read");
  // Then they are in force, and who is told by them is not compared with what was told without.
  expect(await quietOfTip(db)).toMatchObject([{ reason: "labels-changed", sinceHeight: 20 }]);
  expect(await heightsOf(db, "inflow-spike")).toEqual(heightsBut(10, 0, 0));
  expect(await heightsOf(db, "empty-block")).toEqual(heightsBut(40, 0, 0));
  // What was withheld stays so: it is a fact of the block.
  const before = await visibleState(db);
  await ingest(db, playing([]));
  expect(await visibleState(db)).toEqual(before);
}, 60_000);

test("amid a reorg that does not go on it says how many blocks are undone, and tells nothing of the branch", async () => {
  const { db } = await openTestDatabase();
  const stop = new AbortController();
  const chain = extend([], 12, "first");
  const branch = extend(chain.slice(0, 8), 6, "second");
  const undone: number[] = [];
  const follow: FollowableSource["follow"] = async function* () {
    for (const block of chain) yield { type: "connect", block, tipHeight: 80 };
    // While the source is silent, what is at hand is stored.
    await expect.poll(() => getTip(db), { timeout: 20_000 }).toMatchObject({ height: 11 });
    yield* reorgEvents(chain, branch).slice(0, 5);
    await untilAborted(stop.signal);
  };
  const following = ingest(db, follow, { signal: stop.signal, onUndone: (blocks) => undone.push(blocks) });
  await expect.poll(() => undone, { timeout: 20_000 }).toEqual([1, 2, 3, 4]);
  // One block of the branch is here, and is not told of before it has replaced what it left.
  expect(await getTip(db)).toMatchObject({ hash: chain.at(-1)?.hash });
  expect(await heightsOf(db, "empty-block")).toEqual(heightsBut(12, 0, 0));
  stop.abort();
  await following;
  await ingest(db, playing(reorgEvents(chain, branch)), { onUndone: (blocks) => undone.push(blocks) });
  expect(undone.slice(4, 9)).toEqual([1, 2, 3, 4, 0]);
  expect(await getTip(db)).toMatchObject({ hash: branch.at(-1)?.hash });
});
