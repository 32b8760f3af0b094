import { beforeAll, expect, test } from "vitest";
import { createLogger } from "#lib";
import { claimChain, getTip, saveBlocks } from "#store";
import { openTestDatabase, query } from "../../../test/helpers/database.ts";
import { storedBlock, storedChain } from "../../../test/helpers/stored-blocks.ts";
import { EventHub, type Subscriber } from "./event-hub.ts";

const { db } = await openTestDatabase();
const other = await openTestDatabase();
const logger = createLogger(undefined, "silent");

beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, storedChain(150));
});

function reader(deliver: Subscriber["deliver"] = () => true) {
  const ids: number[] = [];
  const resets: number[] = [];
  const subscriber: Subscriber = {
    wants: () => true,
    deliver: (delivery) => {
      ids.push(delivery.id ?? 0);
      return deliver(delivery);
    },
    drained: async () => true,
    reset: (lastEventId) => void resets.push(lastEventId),
  };
  return { subscriber, ids, resets };
}

async function startHub(): Promise<EventHub> {
  const hub = new EventHub(db, logger);
  await hub.start();
  return hub;
}

test("10,000 who leave and come back while blocks arrive hear each event once, in order", async () => {
  const hub = await startHub();
  const all = reader();
  const start = hub.lastId;
  await hub.resume(all.subscriber, start);
  let random = 1;
  const draw = (): number => (random = (random * 48_271) % 2_147_483_647) / 2_147_483_647;
  const clients = Array.from({ length: 200 }, () => ({ since: start, ids: [] as number[] }));
  let resumes = 0;
  const comeAndGo = async (client: (typeof clients)[number]): Promise<void> => {
    const { subscriber, ids } = reader(() => draw() > 0.02);
    await hub.resume(subscriber, client.since);
    await new Promise((resolve) => setTimeout(resolve, draw() * 4));
    hub.unsubscribe(subscriber);
    client.ids.push(...ids);
    client.since = ids.at(-1) ?? client.since;
    resumes += 1;
  };
  const isGoingOn = (): boolean => resumes < 10_000 || all.ids.length < 20;
  const ended = new AbortController();
  const coming = Promise.all(
    clients.map(async (client) => {
      while (isGoingOn()) await comeAndGo(client);
    }),
  ).finally(() => ended.abort());
  for (let height = 150; !ended.signal.aborted; height += 1) {
    await saveBlocks(db, [storedBlock(height)]);
    await hub.poke();
  }
  await coming;
  await hub.poke();
  expect(resumes).toBeGreaterThanOrEqual(10_000);
  expect(all.ids).toHaveLength(new Set(all.ids).size);
  expect(all.ids.at(-1)).toBe(hub.lastId);
  for (const client of clients) {
    const last = reader();
    await hub.resume(last.subscriber, client.since);
    hub.unsubscribe(last.subscriber);
    expect([...client.ids, ...last.ids]).toEqual(all.ids);
  }
});

test("what was missed is read in parts, each when the one before has left", async () => {
  const hub = await startHub();
  const { subscriber, ids } = reader();
  const waits: number[] = [];
  const slow = { ...subscriber, drained: async () => waits.push(ids.length) > 0 };
  await hub.resume(slow, 0);
  expect(waits.slice(0, 2)).toEqual([100, 200]);
  expect(ids.at(-1)).toBe(hub.lastId);
});

test("an id that another process has made already is known, one of the future begins anew", async () => {
  const hub = await startHub();
  const before = hub.lastId;
  await saveBlocks(db, [storedBlock(1_000_000, { connected: false })]);
  const known = reader();
  await hub.resume(known.subscriber, before + 1);
  expect(known.resets).toEqual([]);
  const unknown = reader();
  await hub.resume(unknown.subscriber, hub.lastId + 1);
  expect(unknown).toMatchObject({ resets: [hub.lastId], ids: [] });
});

test("who comes back while an event is handed out to many is not handed it twice", async () => {
  const hub = await startHub();
  const before = hub.lastId;
  const late = reader();
  let joining: Promise<void> | undefined;
  // So many that others have their turn before all are served.
  for (let index = 0; index < 300; index += 1) {
    const join = (): boolean => {
      joining ??= hub.resume(late.subscriber, before);
      return true;
    };
    await hub.resume(reader(join).subscriber, undefined);
  }
  const { height = 0 } = (await getTip(db)) ?? {};
  await saveBlocks(db, [storedBlock(height + 1)]);
  await hub.poke();
  await joining;
  await saveBlocks(db, [storedBlock(height + 2)]);
  await hub.poke();
  expect(late.ids).toEqual(Array.from({ length: hub.lastId - before }, (_, index) => before + 1 + index));
});

test("an id is known as long as nothing after it is gone", async () => {
  await claimChain(other.db, { network: "simnet", chainId: "other", simulated: true });
  // As if those before had been dropped when they were old.
  await query(other.db, "SELECT setval('event_ids', 50000)");
  await saveBlocks(other.db, storedChain(150));
  const hub = new EventHub(other.db, logger);
  await hub.start();
  const [whole, gone] = [reader(), reader()];
  await hub.resume(whole.subscriber, 50_000);
  expect(whole.resets).toEqual([]);
  expect(whole.ids).toEqual(Array.from({ length: hub.lastId - 50_000 }, (_, index) => 50_001 + index));
  await hub.resume(gone.subscriber, 49_999);
  expect(gone).toMatchObject({ resets: [hub.lastId], ids: [] });
});

test("how long events take to those who listen is measured, the longest since it was asked for", async () => {
  const hub = await startHub();
  const { subscriber } = reader();
  await hub.resume(subscriber, undefined);
  expect(hub.takeLag()).toBeNull();
  const { height = 0 } = (await getTip(db)) ?? {};
  await saveBlocks(db, [storedBlock(height + 1)]);
  await new Promise((resolve) => setTimeout(resolve, 60));
  await hub.poke();
  expect(hub.takeLag()).toBeGreaterThanOrEqual(50);
  expect(hub.takeLag()).toBeNull();
});
