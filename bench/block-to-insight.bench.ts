/**
 * How long a block of the tip takes from where the source hands it over to where its insights are committed and told: the whole
 * line with the embedded PostgreSQL as it runs, on a staged simulated chain behind 30 days of history. Of the blocks that
 * have an insight or an update, and of all.
 */
import assert from "node:assert/strict";
import { type ChainEvent, describeSimulation, type FollowableSource, simulateWithTruth } from "#chain";
import { NETWORKS } from "#bitcoin";
import { chainOf, followChain, Predictions, storeBuiltinLabels } from "#ingest";
import { createLogger } from "#lib";
import { claimChain, getEventBounds, listEvents } from "#store";
import { withDatabase } from "./embedded-database.ts";
import { orderOf } from "./evaluation/seeds.ts";
import { medianOf } from "./median-of.ts";

const SEED = 11;
const HISTORY = 4_320;
const LIVE = 432;

const logger = createLogger(undefined, "silent");

export const run = (): Promise<Record<string, unknown>> => withDatabase(measure);

type Db = Parameters<typeof followChain>[0]["db"];

async function measure(db: Db): Promise<Record<string, unknown>> {
  const arrivedAt = new Map<number, number>();
  const durations = new Map<number, number>();
  let stored: () => void = () => {};
  const source = sourceOf(async function* () {
    for (const event of simulatedEvents()) {
      if (event.type === "connect" && event.block.height > HISTORY) {
        const done = new Promise<void>((resolve) => (stored = resolve));
        arrivedAt.set(event.block.height, performance.now());
        // What comes next is asked for while the block is stored; a live source would wait for its next block then.
        yield event;
        await done;
      } else yield event;
    }
  });
  await claimChain(db, chainOf(source));
  await storeBuiltinLabels(db, source.network);
  const onStored = ({ height }: { readonly height: number }): void => {
    const arrived = arrivedAt.get(height);
    if (arrived !== undefined) durations.set(height, performance.now() - arrived);
    stored();
  };
  const predictions = await Predictions.open({ db, source, logger });
  const signal = new AbortController().signal;
  await followChain({ source, db, held: [], predictions, onStored, logger, signal });
  const { last } = await getEventBounds(db);
  const events = await listEvents(db, { after: 0, limit: last });
  const told = new Set(
    events.flatMap(({ insight }) =>
      insight !== null && insight.statusReason === null && insight.status === "preliminary" ? [insight.height] : [],
    ),
  );
  const ofInsights = [...durations].filter(([height]) => told.has(height)).map(([, duration]) => duration);
  const all = [...durations.values()];
  assert.ok(ofInsights.length > 10, `only ${ofInsights.length} blocks have an insight`);
  const tell = (name: string, values: readonly number[]): void =>
    console.log(
      `${name}: ${medianOf(values).toFixed(1)} ms at the median, ${percentileOf(values, 0.99).toFixed(1)} ms of 99 %, ${Math.max(...values).toFixed(1)} ms at most, of ${values.length} blocks`,
    );
  tell("from a block's arrival to its insights committed", ofInsights);
  tell("from a block's arrival to it stored", all);
  return {
    blocksWithInsight: ofInsights.length,
    insightMedianMs: Number(medianOf(ofInsights).toFixed(1)),
    insightP99Ms: Number(percentileOf(ofInsights, 0.99).toFixed(1)),
    insightMaxMs: Number(Math.max(...ofInsights).toFixed(1)),
    blocks: all.length,
    blockMedianMs: Number(medianOf(all).toFixed(1)),
    blockP99Ms: Number(percentileOf(all, 0.99).toFixed(1)),
  };
}

/** The least that so great a share of them does not exceed. */
function percentileOf(values: readonly number[], share: number): number {
  const ascending = values.toSorted((left, right) => left - right);
  return ascending[Math.ceil(share * ascending.length) - 1] ?? Number.NaN;
}

/** History first, as what a source has when it is met, then one block after the other at the tip. */
function* simulatedEvents(): Generator<ChainEvent> {
  for (const { happenings } of simulateWithTruth(orderOf(SEED, true, HISTORY + LIVE))) {
    for (const happening of happenings) {
      if (happening.type === "disconnect") yield { type: "disconnect", block: happening.block };
      else yield { type: "connect", block: happening.block, tipHeight: Math.max(HISTORY, happening.block.height) };
    }
  }
}

function sourceOf(follow: FollowableSource["follow"]): FollowableSource {
  const { pools, labels } = describeSimulation(SEED, "demo");
  return {
    name: `simnet:${SEED}`,
    description: "a simulated chain",
    kind: "chain",
    network: NETWORKS.simnet,
    chainId: "latency",
    pools,
    labels,
    firstHeight: 0,
    now: () => 1_700_000_000,
    tipHeight: async () => HISTORY,
    health: () => ({ state: "healthy", reason: null }),
    follow,
    close: async () => {},
  };
}
