import { expect, test, vi } from "vitest";
import { NETWORKS } from "#bitcoin";
import type { ChainEvent, FollowableSource } from "#chain";
import { ENTITY_KINDS } from "#features";
import { type Label, LABEL_KINDS } from "#labels";
import { createLogger, pause } from "#lib";
import { claimChain, importLabels, listRecentFeatures } from "#store";
import { keyScript } from "../../test/fixtures/hand-built-block.ts";
import { extend, reorgEvents } from "../../test/fixtures/small-chain.ts";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { CurrentLabels } from "./current-labels.ts";
import { followChain } from "./follow-chain.ts";
import { chainOf } from "./ingest-set.ts";

const SOURCE = { network: NETWORKS.regtest, pools: [{ name: "Of the source", tags: ["/source/"] }] };
/** Longer than labels are not looked at again. */
const WHILE_MS = 1_100;

/** What the coinbases of the small chain pay. */
const PAID = keyScript(9);

async function* poolLabels(actor: string): AsyncGenerator<Label> {
  const nothing = {
    tag: null,
    address: null,
    category: null,
    label: null,
    source: null,
    edited: null,
    validFrom: null,
    validUntil: null,
  } as const;
  yield { ...nothing, script: PAID, actor, kind: "pool", confidence: null, abuse: null, file: "pools.csv" };
}

const FILES = ["pools.csv"];

test("a kind of label is a kind of entity, and the other way round", () => {
  expect(LABEL_KINDS).toEqual(ENTITY_KINDS);
});

test("labels are the stored ones and those of the source, and an import renews them", async () => {
  const { db } = await openTestDatabase();
  const labels = await CurrentLabels.open(db, SOURCE);
  const before = await labels.newest();
  expect(before).toMatchObject({ version: 0, entities: [] });
  expect(before.poolByCoinbaseText("x/source/")).toBe("Of the source");
  await importLabels(db, { files: FILES, labels: poolLabels("Acme") });
  expect(await labels.newest()).toBe(before);
  await pause(WHILE_MS, new AbortController().signal);
  const after = await labels.newest();
  expect(after).toMatchObject({ version: 1, entities: [{ actor: "Acme", kind: "pool" }] });
  expect(after.entityOf(PAID, 0, PAID.length)).toBe(0);
  expect(after.poolByCoinbaseText("x/source/")).toBe("Of the source");
  await pause(WHILE_MS, new AbortController().signal);
  expect(await labels.newest()).toBe(after);
});

test("labels that take long to be made into a table keep no block waiting; those that cannot be read are told, and tried again", async () => {
  const { db } = await openTestDatabase();
  const labels = await CurrentLabels.open(db, SOURCE);
  const before = await labels.newest();
  await importLabels(db, { files: FILES, labels: poolLabels("Acme") });
  await pause(WHILE_MS, new AbortController().signal);
  await db.transaction().execute(async (trx) => {
    // Who reads the entities has to wait.
    await query(trx, "LOCK TABLE label_entities IN ACCESS EXCLUSIVE MODE");
    expect(await labels.newest()).toBe(before);
    expect(await labels.newest()).toBe(before);
  });
  await vi.waitFor(async () => expect(await labels.newest()).toMatchObject({ version: 1, entities: [{}] }), 10_000);
  await importLabels(db, { files: FILES, labels: poolLabels("Other") });
  await query(db, "ALTER VIEW label_owners RENAME TO label_owners_gone");
  await pause(WHILE_MS, new AbortController().signal);
  expect(await labels.newest()).toMatchObject({ version: 1 });
  expect(labels.unreadable).toMatchObject({ version: 2, reason: expect.stringContaining("label_owners") });
  await query(db, "ALTER VIEW label_owners_gone RENAME TO label_owners");
  await pause(WHILE_MS, new AbortController().signal);
  expect(await labels.newest()).toMatchObject({ version: 2 });
  expect(labels.unreadable).toBeUndefined();
});

test("an import while a chain is followed is in force from the next block on", async () => {
  const { db } = await openTestDatabase();
  const events = reorgEvents([], extend([], 4, "a"));
  const follow = async function* (): AsyncGenerator<ChainEvent> {
    yield* events.slice(0, 2);
    await importLabels(db, { files: FILES, labels: poolLabels("Acme") });
    await pause(WHILE_MS, new AbortController().signal);
    yield* events.slice(2);
  };
  const source: FollowableSource = {
    ...SOURCE,
    name: "test",
    description: "a test",
    kind: "chain",
    chainId: "test",
    firstHeight: 0,
    now: () => 1_700_000_000,
    tipHeight: async () => 3,
    health: () => ({ state: "healthy", reason: null }),
    follow,
    close: async () => {},
  };
  await claimChain(db, chainOf(source));
  const logger = createLogger(undefined, "silent");
  await followChain({ source, db, held: [], onStored: () => {}, logger, signal: AbortSignal.timeout(30_000) });
  const features = await listRecentFeatures(db, 10);
  expect(features.map(({ pool }) => pool?.name ?? null)).toEqual([null, null, "Acme", "Acme"]);
});
