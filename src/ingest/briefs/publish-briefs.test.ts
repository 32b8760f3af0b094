import { expect, test } from "vitest";
import type { ChainBlock, FollowableSource } from "#chain";
import { idsOfBrief } from "#insights";
import { createLogger, pause } from "#lib";
import { claimChain, type Database, findBrief, listBriefs, listRecentLinks, readStandings, saveBrief } from "#store";
import { extend, reorgEvents } from "../../../test/fixtures/small-chain.ts";
import { openTestDatabase, query } from "../../../test/helpers/database.ts";
import { SHORT_DETECTORS } from "../../../test/helpers/short-detectors.ts";
import { followChain } from "../follow-chain.ts";
import { chainOf } from "../ingest-set.ts";
import { composeDay } from "./compose-day.ts";
import { publishBriefs, publishDueBriefs } from "./publish-briefs.ts";
import { madeUpSource } from "../../../test/helpers/made-up-source.ts";

const logger = createLogger(undefined, "silent");

/** The first block is of 22:13 on the 14th, and each comes ten minutes later: 11 to 154 are of the 15th. */
const [FIRST_DAY, SECOND_DAY] = ["2023-11-14", "2023-11-15"];

const at = (text: string): number => Date.parse(text) / 1_000;

/** A chain that goes from what was told last to what is told next, with a clock that is set. */
class TestChain {
  #blocks: readonly ChainBlock[] = [];
  clock = 0;
  readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  source(follow: FollowableSource["follow"] = async function* () {}): FollowableSource {
    return madeUpSource({
      now: () => this.clock,
      tipHeight: async () => this.#blocks.length - 1,
      follow,
    });
  }

  async goTo(blocks: readonly ChainBlock[], clock: string): Promise<void> {
    const events = reorgEvents(this.#blocks, blocks);
    this.#blocks = blocks;
    this.clock = at(clock);
    const source = this.source(async function* () {
      yield* events;
    });
    await claimChain(this.db, chainOf(source));
    const held = await listRecentLinks(this.db, 101);
    const told = { onStored: () => {}, logger, signal: AbortSignal.timeout(60_000) };
    await followChain({ source, db: this.db, held, detectors: SHORT_DETECTORS, ...told });
  }

  look(): Promise<boolean> {
    return publishDueBriefs({ db: this.db, source: this.source(), logger });
  }

  async days(): Promise<string[]> {
    return (await listBriefs(this.db, { limit: 100 })).map(({ brief }) => brief.day);
  }
}

test("a day's brief is published once it is 07:00 of the next, stays after a reorg, and its insights tell where they stand", async () => {
  const { db } = await openTestDatabase();
  const chain = new TestChain(db);
  const blocks = extend([], 200, "first");
  await chain.goTo(blocks.slice(0, 196), "2023-11-16T06:59:59Z");
  expect(await chain.look()).toBe(true);
  expect(await chain.days()).toEqual([FIRST_DAY]);
  await chain.goTo(blocks, "2023-11-16T07:00:00Z");
  expect(await chain.look()).toBe(true);
  expect(await chain.days()).toEqual([SECOND_DAY, FIRST_DAY]);

  const published = await findBrief(db, SECOND_DAY);
  expect(published?.publishedAt).toBe(at("2023-11-16T07:00:00Z"));
  expect(published?.brief).toMatchObject({ network: "regtest", blocks: { first: 11, last: 154, count: 144 } });
  const items = published?.brief.items ?? [];
  expect(items).toHaveLength(4);
  expect(new Set(items.map(({ insight }) => insight.kind))).toEqual(new Set(["fee-spike", "large-transfer"]));
  for (const { insight, picture } of items) {
    const drawn = picture?.points.find(({ height }) => height === insight.height);
    expect(drawn?.value).toBe(insight.evidence.metrics[0]?.value);
  }

  // The fork lies in the day that was told; what its branch lacks is retracted, and the brief says what it said.
  const ids = published === undefined ? [] : idsOfBrief(published);
  await chain.goTo(extend(blocks.slice(0, 110), 95, "another branch"), "2023-11-16T09:00:00Z");
  expect(await chain.look()).toBe(true);
  expect(await findBrief(db, SECOND_DAY)).toEqual(published);
  const standings = await readStandings(db, ids);
  expect([...standings.values()].some(({ status }) => status === "retracted")).toBe(true);
  const anew = await composeDay(db, SECOND_DAY);
  expect(anew).not.toEqual(published?.brief);
  expect(await saveBrief(db, anew, chain.clock)).toBe(false);
  await expect(query(db, "UPDATE briefs SET published_at = 0")).rejects.toThrow(/append-only/);
  await expect(query(db, "DELETE FROM briefs")).rejects.toThrow(/append-only/);
}, 60_000);

test("nothing is published of a chain that is not caught up, and a week of missed days is made up for", async () => {
  const { db } = await openTestDatabase();
  const chain = new TestChain(db);
  const blocks = extend([], 20, "first");
  await chain.goTo(blocks, "2023-11-16T08:00:00Z");
  const ahead = { ...chain.source(), tipHeight: async () => 20 };
  expect(await publishDueBriefs({ db, source: ahead, logger })).toBe(false);
  expect(await chain.days()).toEqual([]);
  // Of the days without a block nothing is said.
  chain.clock = at("2023-11-21T08:00:00Z");
  expect(await chain.look()).toBe(true);
  expect(await chain.days()).toEqual([SECOND_DAY, FIRST_DAY]);
});

test("the loop looks at once, goes on after a failure, and ends when it is told to", async () => {
  const { db } = await openTestDatabase();
  const chain = new TestChain(db);
  await chain.goTo(extend([], 20, "first"), "2023-11-16T08:00:00Z");
  const stop = new AbortController();
  const failing = { ...chain.source(), tipHeight: () => Promise.reject(new Error("the source does not answer")) };
  const [broken, loop] = [failing, chain.source()].map((source) =>
    publishBriefs({ db, source, logger, signal: stop.signal }),
  );
  for (let left = 50; left > 0 && (await chain.days()).length < 2; left -= 1) await pause(100, stop.signal);
  stop.abort();
  await Promise.all([broken, loop]);
  expect(await chain.days()).toEqual([SECOND_DAY, FIRST_DAY]);
});
