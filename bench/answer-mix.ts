import { setTimeout as wait } from "node:timers/promises";
import { startApi } from "#api";
import type { Logger } from "#lib";
import type { Connection, Database } from "#store";
import { query } from "../test/helpers/database.ts";
import { pseudoRandom } from "../test/helpers/pseudo-random.ts";

const CLIENTS = 50;
/** As often as a simulated block comes; of the real network it is sixty times longer. */
const EVENT_EVERY_MS = 10_000;

const WORDS = ["kraken", "somebody", "blocks", "percent", "moved"];
const METRICS = [
  "totalfee",
  "txs",
  "weight",
  "feerate_p50",
  "exchange_netflow",
  "hash_rate",
  "interval",
  "inscriptions",
];

type Pick = (below: number) => number;

/** What people who look at the page and programs that poll ask for, how often of a hundred. */
const ASKED: readonly (readonly [share: number, url: (pick: Pick) => string])[] = [
  [30, () => "/api/v1/insights"],
  [15, () => "/api/v1/blocks"],
  [10, () => "/api/v1/mempool"],
  [10, () => "/api/v1/fees/recommended"],
  [10, (pick) => `/api/v1/series/${METRICS[pick(METRICS.length)]}`],
  [5, () => "/api/v1/entities"],
  [5, () => "/api/v1/pools"],
  [5, () => "/api/v1/insights/facets"],
  [5, (pick) => `/api/v1/insights?q=${WORDS[pick(WORDS.length)]}`],
  [5, (pick) => `/api/v1/blocks?pageSize=${[10, 20, 50][pick(3)]}`],
];

type Mix = {
  readonly db: Database;
  readonly connection: Connection;
  readonly logger: Logger;
  readonly seconds: number;
};

/** The share of answers that were remembered while 50 clients ask once a second each, and events come meanwhile. */
export async function measureHitRate({ db, connection, logger, seconds }: Mix): Promise<number | null> {
  const api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: "/nowhere" });
  const random = pseudoRandom(1);
  const pick: Pick = (below) => Math.floor(random() * below);
  const telling = setInterval(() => void tellBlock(db), EVENT_EVERY_MS);
  const refused: string[] = [];
  try {
    const clients = Array.from({ length: CLIENTS }, async (_, client) => {
      await wait((client * 1_000) / CLIENTS);
      for (let second = 0; second < seconds; second += 1) {
        const url = urlOf(pick);
        const [{ status }] = await Promise.all([fetch(`${api.url}${url}`), wait(1_000)]);
        if (status !== 200) refused.push(`${url}: ${status}`);
      }
    });
    await Promise.all(clients);
    if (refused.length > 0) throw new Error(`${refused.length} requests were refused, first ${refused[0]}`);
    const status = (await (await fetch(`${api.url}/api/v1/monitoring/status`)).json()) as {
      cache: { hitRate: number | null };
    };
    return status.cache.hitRate;
  } finally {
    clearInterval(telling);
    await api.stop();
  }
}

function urlOf(pick: Pick): string {
  let left = pick(100);
  for (const [share, url] of ASKED) {
    if (left < share) return url(pick);
    left -= share;
  }
  throw new Error("the shares of what is asked for sum to a hundred");
}

async function tellBlock(db: Database): Promise<void> {
  await query(
    db,
    `INSERT INTO events (id, type, block) SELECT draw_event_ids(1), 'block.connected',
       '{"height": 1, "hash": "", "time": 1, "txs": 1, "medianFeeRate": null, "pool": null}'`,
  );
}
