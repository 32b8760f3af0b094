import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BlockHash, blockHashOf, HEADER_SIZE, NETWORKS } from "#bitcoin";
import type { ChainBlock, ChainEvent, FollowableSource } from "#chain";
import { createLogger, sha256 } from "#lib";
import { claimChain, type Database, getCursor, listEvents, listInsights, listRecentFeatures } from "#store";
import { blockBytes, coinbase, keyScript, payment, spentBytes } from "../../test/fixtures/hand-built-block.ts";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { followChain } from "./follow-chain.ts";
import { chainOf } from "./ingest-set.ts";

const COIN = 100_000_000;
const logger = createLogger(undefined, "silent");

/** Long enough for a fee level to be compared with those before it. */
const HISTORY = 170;

/**
 * Chains of small blocks that connect. The branch is written into the coinbase, so no two branches share a block, and
 * it moves the fees, so each has signals of its own.
 */
function buildBlock(height: number, parent: BlockHash | undefined, branch: string): ChainBlock {
  const large = { value: 1_500 * COIN, script: keyScript(height % 200) };
  const surge = (height + branch.length * 3) % 14 === 0;
  const fee = 1_000 + ((height * 37) % 50) + (surge ? 60_000 : 0);
  const everyday = payment([{ value: COIN, script: keyScript(202) }], [{ value: COIN - fee, script: keyScript(203) }]);
  const transactions = [
    coinbase(height, [{ value: 50 * COIN, script: keyScript(9) }], branch),
    everyday,
    ...(height % 3 === 0 ? [payment([large], [{ value: large.value - fee, script: keyScript(201) }])] : []),
  ];
  const bytes = blockBytes(transactions, 1_700_000_000 + height * 600);
  if (parent !== undefined) bytes.set(Buffer.from(parent, "hex").reverse(), 4);
  const hash = blockHashOf(bytes.subarray(0, HEADER_SIZE), sha256);
  return {
    height,
    hash,
    bytes,
    spent: { bytes: spentBytes(transactions) },
    origin: { block: "block", spent: "spent" },
  };
}

function extend(chain: readonly ChainBlock[], blocks: number, branch: string): ChainBlock[] {
  const longer = [...chain];
  for (let index = 0; index < blocks; index += 1) {
    longer.push(buildBlock(longer.length, longer.at(-1)?.hash, branch));
  }
  return longer;
}

/** The events that lead from one chain to another: what the branches share stays. */
function reorgEvents(from: readonly ChainBlock[], to: readonly ChainBlock[]): ChainEvent[] {
  const shared = from.findIndex((block, height) => block.hash !== to[height]?.hash);
  const fork = shared === -1 ? from.length : shared;
  return [
    ...from
      .slice(fork)
      .toReversed()
      .map((block) => ({ type: "disconnect", block }) as const),
    ...to.slice(fork).map((block) => ({ type: "connect", block }) as const),
  ];
}

function sourceOf(events: readonly ChainEvent[]): FollowableSource {
  const tip = events.at(-1)?.block;
  if (tip === undefined) throw new Error("a source has events");
  return {
    name: "test",
    kind: "chain",
    network: { ...NETWORKS.regtest, halvingInterval: 210_000 },
    chainId: "test",
    coinHeights: false,
    pools: [],
    now: () => 1_700_000_000,
    tipHeight: async () => tip.height,
    async *follow() {
      yield* events;
    },
    close: async () => {},
  };
}

async function ingest(db: Database, events: readonly ChainEvent[], liveFrom: number): Promise<void> {
  const source = sourceOf(events);
  await claimChain(db, chainOf(source));
  const options = { source, db, from: await getCursor(db), liveFrom, onStored: () => {}, logger };
  await followChain({ ...options, signal: AbortSignal.timeout(60_000) });
}

/** Every derived row, and what readers can see of the winning chain. */
async function visibleState(db: Database) {
  const insights = await listInsights(db, { limit: 1_000 });
  const live = insights.filter(({ status }) => status !== "retracted");
  return {
    cursor: await getCursor(db),
    features: await listRecentFeatures(db, 1_000),
    transfers: await db.selectFrom("transfers").selectAll().orderBy("blockhash").orderBy("tx_index").execute(),
    signals: await db.selectFrom("signals").selectAll().orderBy("blockhash").orderBy("ordinal").execute(),
    // An event id tells when something was said, which is another time on each way to the same chain.
    insights: live
      .map((insight) => ({ ...insight, eventId: 0, publishedEventId: 0, statusReason: null }))
      .toSorted(byId),
  };
}

function byId(left: { id: string }, right: { id: string }): number {
  return left.id.localeCompare(right.id);
}

describe("following a chain", () => {
  test("after any reorgs the state is that of a fresh build of the winning chain, and every retraction was told", async () => {
    const reorg = fc.record({ depth: fc.integer({ min: 1, max: 12 }), growth: fc.integer({ min: 1, max: 5 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(reorg, { minLength: 1, maxLength: 4 }), async (reorgs) => {
        const live = await openTestDatabase();
        const fresh = await openTestDatabase();
        let chain = extend([], HISTORY, "first");
        const events: ChainEvent[] = reorgEvents([], chain);
        for (const [index, { depth, growth }] of reorgs.entries()) {
          const next = extend(chain.slice(0, -depth), depth + growth, `branch ${index}`);
          events.push(...reorgEvents(chain, next));
          chain = next;
        }
        await ingest(live.db, events, HISTORY - 20);
        await ingest(fresh.db, reorgEvents([], chain), chain.length - 1);
        const state = await visibleState(live.db);
        expect(state).toEqual(await visibleState(fresh.db));
        expect(new Set(state.signals.map(({ kind }) => kind))).toEqual(new Set(["fee-level", "large-transfer"]));

        const heard = new Map<string, string>();
        for (const event of await listEvents(live.db, { after: 0, limit: 10_000 })) {
          if (event.insight !== null) heard.set(`${event.insight.id} ${event.insight.blockHash}`, event.insight.status);
        }
        const winners = new Set<string>(chain.map(({ hash }) => hash));
        for (const [key, status] of heard)
          expect(status === "retracted", key).toBe(!winners.has(key.split(" ")[1] ?? ""));
      }),
      { numRuns: 6, seed: 57_043 },
    );
  });

  test("goes on from the cursor after a stop, in whatever pieces", async () => {
    const { db } = await openTestDatabase();
    const fresh = await openTestDatabase();
    const chain = extend([], 160, "first");
    const events = reorgEvents([], chain);
    await ingest(db, events.slice(0, 73), 1_000);
    await ingest(db, events.slice(73, 74), 1_000);
    await ingest(db, events.slice(74), 1_000);
    await ingest(fresh.db, events, 0);
    expect(await visibleState(db)).toEqual(await visibleState(fresh.db));
  });

  test("a block without spent outputs stops it and leaves what came before", async () => {
    const { db } = await openTestDatabase();
    const chain = extend([], 3, "first");
    const broken = { ...extend(chain, 1, "first")[3], spent: undefined } as ChainBlock;
    const events: ChainEvent[] = [...reorgEvents([], chain), { type: "connect", block: broken }];
    await expect(ingest(db, events, 0)).rejects.toThrow("its spent outputs are missing");
    expect(await getCursor(db)).toMatchObject({ height: 2 });
  });
});
