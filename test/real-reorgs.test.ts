import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { type ChainBlock, type FollowableSource, followTip } from "#chain";
import { chainOf, followChain } from "#ingest";
import { createLogger } from "#lib";
import { claimChain, type Database, listEvents } from "#store";
import { extend } from "./fixtures/small-chain.ts";
import { openTestDatabase } from "./helpers/database.ts";
import { describeWithRealBlocks } from "./helpers/real-blocks.ts";
import { type NodeStep, scriptedNode } from "./helpers/scripted-node.ts";
import { SHORT_DETECTORS } from "./helpers/short-detectors.ts";

/** A block as a real node logged it when it became its tip. */
type Arrival = { readonly height: number; readonly hash: string; readonly atSeconds: number };

/** Blocks of ours below the first real height that is replayed: enough for fee levels to be compared. */
const BELOW = 170;

function readArrivals(file: string, node: string, heights: { first: number; last: number }): Arrival[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .slice(1)
    .map((line) => line.split(","))
    .filter(([source, height]) => source === node && Number(height) >= heights.first && Number(height) <= heights.last)
    .map(([, height, hash = "", ms]) => ({ height: Number(height), hash, atSeconds: Number(ms) / 1_000 }));
}

/** The chain whose tip each arrival made, in small blocks of ours: one for each real one, on the parent that it had. */
function chainsOf(arrivals: readonly Arrival[], first: number): ChainBlock[][] {
  const tips = new Map<string, ChainBlock[]>();
  const newest = new Map<number, ChainBlock[]>([[first - 1, extend([], BELOW, "before")]]);
  return arrivals.map(({ height, hash }) => {
    const chain = tips.get(hash) ?? extend(newest.get(height - 1) ?? [], 1, hash);
    tips.set(hash, chain);
    newest.set(height, chain);
    return chain;
  });
}

type Heard = { readonly atSeconds: number; readonly type: string; readonly height: number };

/** Follows the node through its arrivals and notes at which moment of theirs each event is told. */
async function replay(db: Database, arrivals: readonly Arrival[], first: number): Promise<Heard[]> {
  const stop = new AbortController();
  const steps: NodeStep[] = chainsOf(arrivals, first).map((chain) => ({ chain, conduct: "true" }));
  const { reader, next } = scriptedNode(steps, { questionsAStep: Infinity, onEnd: () => stop.abort() });
  const heard: Heard[] = [];
  let seen = 0;
  let at = 0;
  const waitForNews = async (): Promise<void> => {
    const events = await listEvents(db, { after: seen, limit: 1_000 });
    const atSeconds = arrivals[at]?.atSeconds ?? Number.NaN;
    const height = (ours: number | undefined): number => (ours ?? Number.NaN) - BELOW + first;
    for (const { type, block, insight } of events) {
      heard.push({ atSeconds, type, height: height(block?.height ?? insight?.height) });
    }
    seen = events.at(-1)?.id ?? seen;
    at += 1;
    next();
  };
  const basics = { network: NETWORKS.regtest, firstHeight: 0, finality: 100, onHealth: () => {} };
  const source: FollowableSource = {
    ...basics,
    name: "replay",
    description: "a replay",
    kind: "chain",
    chainId: "replay",
    pools: [],
    now: () => arrivals[at]?.atSeconds ?? 0,
    tipHeight: async () => BELOW,
    health: () => ({ state: "healthy", reason: null }),
    follow: (held, signal) => followTip({ ...basics, reader: { ...reader, waitForNews }, held, signal }),
    close: async () => {},
  };
  await claimChain(db, chainOf(source));
  const logger = createLogger(undefined, "silent");
  await followChain({
    source,
    db,
    held: [],
    onStored: () => {},
    logger,
    signal: stop.signal,
    detectors: SHORT_DETECTORS,
  });
  return heard;
}

describeWithRealBlocks("the reorganisations of November and December 2023, as two nodes saw them", (real) => {
  const file = join(dirname(real.blocks), "series", "block_arrival_times.csv");

  test.runIf(existsSync(file)).each([
    ["vostrnad_node1", 818_038, 515],
    ["darosior_node0", 818_038, 501],
    ["vostrnad_node1", 819_343, 691],
    ["darosior_node0", 819_343, 691],
  ])(
    "%s: block %i is undone %i seconds after it came, when its rival has a block on top",
    async (node, lost, stood) => {
      const { db } = await openTestDatabase();
      const first = lost - 8;
      const arrivals = readArrivals(file, node, { first, last: lost + 8 });
      const [came, rival] = arrivals.filter(({ height }) => height === lost);
      expect((rival?.atSeconds ?? 0) - (came?.atSeconds ?? 0)).toBe(stood);
      const heard = await replay(db, arrivals, first);
      const blocks = heard.filter(({ type }) => type.startsWith("block."));
      const reorg = blocks.filter(({ atSeconds }) => atSeconds === rival?.atSeconds);
      expect(reorg.map(({ type, height }) => `${type} ${height}`)).toEqual([
        `block.disconnected ${lost}`,
        `block.connected ${lost}`,
        `block.connected ${lost + 1}`,
      ]);
      expect(blocks.filter(({ type }) => type === "block.disconnected")).toHaveLength(1);
      // Every block is told of at the second at which it came.
      for (const { height, atSeconds } of arrivals.filter((arrival) => arrival.height > lost + 1)) {
        expect(blocks).toContainEqual({ atSeconds, type: "block.connected", height });
      }
      const tip = await db.selectFrom("cursor").select("height").executeTakeFirstOrThrow();
      expect(tip.height - BELOW + first).toBe(lost + 8);
    },
  );
});
