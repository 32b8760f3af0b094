import { Client } from "undici";
import { answer, percentile } from "../workers.ts";

type Load = {
  readonly url: string;
  readonly paths: readonly string[];
  readonly clients: number;
  readonly seconds: number;
};

const KEPT_MS = 120_000;
const FREE_AFTER_MS = 1;

/** Sends requests over connections that stay open. Errors are answers of 400 and more, and what was broken off. */
export function sendLoad(): void {
  answer({
    /**
     * So many a second, whether the ones before were answered or not; a time begins when a request was due, so that a
     * server that stalls is charged with all who would have come meanwhile.
     */
    open: async (load: Load & { readonly rate: number }) => {
      const clients = await connect(load);
      const latencies: number[] = [];
      const errors = new Errors();
      const total = load.rate * load.seconds;
      const began = performance.now();
      const all: Promise<void>[] = [];
      while (all.length < total) {
        const due = Math.min(total, Math.floor(((performance.now() - began) / 1_000) * load.rate));
        for (let number = all.length; number < due; number += 1) {
          const dueAt = began + (number / load.rate) * 1_000;
          const client = clients[number % clients.length];
          all.push(
            ask(client, pathAt(load, number)).then((status) => {
              latencies.push(performance.now() - dueAt);
              errors.count(status);
            }),
          );
        }
        await new Promise((resolve) => setTimeout(resolve, FREE_AFTER_MS));
      }
      await Promise.all(all);
      const seconds = (performance.now() - began) / 1_000;
      await close(clients);
      const rate = latencies.length / seconds;
      const [p50, p99] = [percentile(latencies, 50), percentile(latencies, 99)];
      return { requestsPerSecond: rate, p50, p99, ...errors.told() };
    },
    /** As many as are answered: each connection asks again when it has its answer. */
    closed: async (load: Load) => {
      const clients = await connect(load);
      const end = performance.now() + load.seconds * 1_000;
      const errors = new Errors();
      let asked = 0;
      await Promise.all(
        clients.map(async (client, index) => {
          for (let number = index; performance.now() < end; number += clients.length) {
            errors.count(await ask(client, pathAt(load, number)));
            asked += 1;
          }
        }),
      );
      await close(clients);
      const told = errors.told();
      return { requestsPerSecond: (asked - told.errors) / load.seconds, ...told };
    },
  });
}

/** The connection is made with the first request of each. */
async function connect({ url, clients: count, paths }: Load): Promise<Client[]> {
  const clients = Array.from({ length: count }, () => new Client(url, { keepAliveTimeout: KEPT_MS, pipelining: 1 }));
  for (let first = 0; first < count; first += 50)
    await Promise.all(clients.slice(first, first + 50).map((client) => ask(client, paths[0] ?? "/")));
  return clients;
}

async function close(clients: readonly Client[]): Promise<void> {
  await Promise.all(clients.map((client) => client.destroy()));
}

function pathAt({ paths }: Load, number: number): string {
  return paths[number % paths.length] ?? "/";
}

const BROKEN_OFF = 0;

/** The status of the answer, or that there was none. */
async function ask(client: Client | undefined, path: string): Promise<number> {
  try {
    const response = await client?.request({ method: "GET", path });
    await response?.body.dump();
    return response?.statusCode ?? BROKEN_OFF;
  } catch {
    return BROKEN_OFF;
  }
}

/** How many answers were none that one wants, and of which kind. */
class Errors {
  readonly #byStatus = new Map<number, number>();

  count(status: number): void {
    if (status === BROKEN_OFF || status >= 400) this.#byStatus.set(status, (this.#byStatus.get(status) ?? 0) + 1);
  }

  told() {
    const errors = [...this.#byStatus.values()].reduce((sum, count) => sum + count, 0);
    return { errors, byStatus: Object.fromEntries(this.#byStatus) };
  }
}
