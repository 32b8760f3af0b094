import { expect, test } from "vitest";
import { type Txid } from "#bitcoin";
import type { ChainEvent } from "#chain";
import { createLogger } from "#lib";
import { type Detector, SIGNAL_KINDS, type SignalKind } from "#signals";
import { claimChain, type Database, listEvents, listInsights, listRecentLinks } from "#store";
import { extend, reorgEvents } from "../../test/fixtures/small-chain.ts";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";
import { followChain } from "./follow-chain.ts";
import { chainOf } from "./ingest-set.ts";
import { madeUpSource } from "../../test/helpers/made-up-source.ts";

const METRIC = { name: "Made up", unit: "count", value: 2, baseline: 1, level: 1 } as const;

/** Tell of every second block, and of those between on the first branch alone. */
const TELLING: readonly Detector[] = SIGNAL_KINDS.map((kind, place) => ({
  kind,
  lookBack: 0,
  detect: ({ features: { height, blockhash, coinbase_text: text } }) =>
    height % 2 === 1 && !text.includes("first")
      ? []
      : [
          {
            kind,
            height,
            blockhash,
            startHeight: height,
            direction: "above" as const,
            subject: { actor: "Acme", kind: "exchange" as const },
            surprise: { percentile: 100, sampleSize: 10 },
            metrics: Array.from({ length: 6 }, () => METRIC),
            transfers: storedBlock(height).transfers.map((transfer) => ({
              ...transfer,
              // Each of its own: kinds that cite one transaction are told as one.
              txid: (100 * height + place).toString(16).padStart(64, "0") as Txid,
              coinAgeDays: 12,
            })),
          },
        ],
}));

async function ingest(db: Database, events: readonly ChainEvent[]): Promise<void> {
  const source = madeUpSource({
    async *follow() {
      yield* events;
    },
  });
  await claimChain(db, chainOf(source));
  await followChain({
    source,
    db,
    detectors: TELLING,
    logger: createLogger(undefined, "silent"),
    held: await listRecentLinks(db, 101),
    onStored: () => {},
    signal: AbortSignal.timeout(60_000),
  });
}

/** This one is about a block, so that of another branch is another one; of the rest the same is said again. */
const OF_ONE_BLOCK: SignalKind = "pool-tag-mismatch";

/** Of one kind: heights and what they are, ascending by height. */
async function statesOf(db: Database, kind: SignalKind): Promise<string[]> {
  const insights = await listInsights(db, { limit: 10_000 });
  return insights
    .filter((insight) => insight.kind === kind)
    .toSorted((left, right) => left.height - right.height || right.status.localeCompare(left.status))
    .map(({ height, status }) => `${height} ${status}`);
}

test("an insight of any kind is preliminary, confirmed once five blocks are on top, or retracted with its block", async () => {
  const { db } = await openTestDatabase();
  const first = extend([], 10, "first");
  const second = extend(first.slice(0, 7), 4, "second");
  await ingest(db, reorgEvents([], first));
  const states = (from: number, to: number, status: string): string[] =>
    Array.from({ length: to - from }, (_, index) => `${from + index} ${status}`);
  for (const kind of SIGNAL_KINDS) {
    const expected = [...states(0, 5, "confirmed"), ...states(5, 10, "preliminary")];
    expect(await statesOf(db, kind), kind).toEqual(expected);
  }
  const told = (await listEvents(db, { after: 0, limit: 100_000 })).at(-1)?.id ?? 0;

  await ingest(db, reorgEvents(first, second));
  for (const kind of SIGNAL_KINDS) {
    expect(await statesOf(db, kind), kind).toEqual([
      ...states(0, 6, "confirmed"),
      "6 preliminary",
      "7 retracted",
      ...(kind === OF_ONE_BLOCK ? ["8 retracted"] : []),
      "8 preliminary",
      "9 retracted",
      "10 preliminary",
    ]);
  }
  const events = await listEvents(db, { after: told, limit: 100_000 });
  const kindsOf = (type: string, reason: string): string[] =>
    events
      .filter(({ type: each, insight }) => each === type && (insight?.statusReason ?? "").includes(reason))
      .map(({ insight }) => insight?.kind ?? "")
      .toSorted((left, right) => left.localeCompare(right));
  const each = SIGNAL_KINDS.toSorted((left, right) => left.localeCompare(right));
  expect(kindsOf("insight.retracted", "left the chain")).toEqual(
    each.flatMap((kind) => (kind === OF_ONE_BLOCK ? [kind, kind, kind] : [kind, kind])),
  );
  expect(kindsOf("insight.updated", "found again")).toEqual(each.filter((kind) => kind !== OF_ONE_BLOCK));
}, 30_000);
