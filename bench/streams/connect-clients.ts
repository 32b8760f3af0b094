import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { WebSocket } from "ws";
import { answer, percentile, sharedClock } from "../workers.ts";

/** Of one address; a server lets an address have a hundred streams. */
const OF_AN_ADDRESS = 90;
const AT_ONCE = 100;

type Client = {
  readonly address: string;
  socket: WebSocket;
  /** Ids of all events that came, in their order. */
  readonly ids: number[];
  readonly times: number[];
};

type Told = { readonly since: number; readonly client: Client };

const subscribeText = (since: number): string => JSON.stringify({ type: "subscribe", since, topics: ["block"] });

/** Many clients of `/ws/monitoring` that want blocks, and remember which events came when. */
export function connectClients(): void {
  const clients: Client[] = [];
  const stalled: WebSocket[] = [];
  let url = "";

  const open = async (client: Client, since: number): Promise<void> => {
    const socket = new WebSocket(url, { localAddress: client.address, perMessageDeflate: false });
    client.socket = socket;
    socket.on("message", (data) => remember(data, { since, client }));
    socket.on("error", () => undefined);
    await once(socket, "open");
    socket.send(subscribeText(since));
  };

  answer({
    connect: async (order: { readonly url: string; readonly count: number; readonly since: number }) => {
      ({ url } = order);
      const first = clients.length;
      await inParallel(order.count, async (index) => {
        const address = addressOf(first + index);
        const client: Client = { address, socket: undefined as never, ids: [], times: [] };
        clients.push(client);
        await open(client, order.since);
      });
    },
    /** Clients that subscribe and read nothing more. */
    stall: async ({ count, since }: { readonly count: number; readonly since: number }) => {
      await inParallel(count, async (index) => {
        const socket = new WebSocket(url, { localAddress: addressOf(20_000 + index), perMessageDeflate: false });
        socket.on("error", () => undefined);
        await once(socket, "open");
        socket.send(subscribeText(since));
        socket.pause();
        stalled.push(socket);
      });
    },
    disconnectAll: async () => {
      for (const { socket } of clients) socket.terminate();
      clients.length = 0;
      await delay(500);
    },
    /** So many leave at random and come back a moment later, until `count` have. */
    comeAndGo: async ({ count }: { readonly count: number }) => {
      let left = count;
      const away = new Set<Client>();
      const one = async (): Promise<void> => {
        while (left > 0) {
          const client = clients[Math.floor(Math.random() * clients.length)];
          if (client === undefined || away.has(client)) continue;
          left -= 1;
          away.add(client);
          client.socket.terminate();
          await delay(Math.random() * 300);
          await open(client, client.ids.at(-1) ?? sinceOf(client));
          away.delete(client);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, one));
    },
    /** How long events took, by when each was about to be stored. */
    latencies: ({ sentAt }: { readonly sentAt: Readonly<Record<string, number>> }) => {
      const all: number[] = [];
      for (const { ids, times } of clients) {
        for (const [index, id] of ids.entries()) {
          const sent = sentAt[id];
          if (sent !== undefined) all.push((times[index] ?? Number.NaN) - sent);
        }
      }
      return { count: all.length, p50: percentile(all, 50), p99: percentile(all, 99), max: percentile(all, 100) };
    },
    /** Waits for the last, then counts what each client lacks of these events, and has twice. */
    compare: async ({ ids }: { readonly ids: readonly number[] }) => {
      const last = ids.at(-1) ?? 0;
      const deadline = sharedClock() + 20_000;
      while (sharedClock() < deadline && clients.some((client) => client.ids.at(-1) !== last)) await delay(100);
      let [lost, doubled, disordered] = [0, 0, 0];
      for (const client of clients) {
        const got = new Set(client.ids);
        lost += ids.filter((id) => !got.has(id)).length;
        doubled += client.ids.length - got.size;
        disordered += client.ids.filter((id, index) => index > 0 && id <= (client.ids[index - 1] ?? 0)).length;
      }
      return { lost, doubled, disordered };
    },
  });
}

function sinceOf(client: Client): number {
  return starts.get(client) ?? 0;
}

const starts = new WeakMap<Client, number>();

function remember(data: unknown, { since, client }: Told): void {
  if (!starts.has(client)) starts.set(client, since);
  // An event begins with its id; what a server says besides has none.
  const [, id] = Buffer.isBuffer(data) ? (/^\{"id":(\d+),/.exec(data.toString("latin1", 0, 30)) ?? []) : [];
  if (id === undefined) return;
  client.ids.push(Number(id));
  client.times.push(sharedClock());
}

function addressOf(index: number): string {
  const number = 2 + Math.floor(index / OF_AN_ADDRESS);
  return `127.0.${Math.floor(number / 250)}.${2 + (number % 250)}`;
}

async function inParallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, one));
}
