import { fetchSummary, fetchTip, findHashAt } from "./esplora-api.ts";
import { createEsploraClient, type EsploraClient } from "./esplora-client.ts";

export type BackfillEstimate = {
  readonly blocks: number;
  readonly requests: number;
  readonly durationMs: number;
  /** For a person who has to agree. */
  readonly question: string;
};

type Asked = { readonly blocks: number; readonly requestsPerSecond: number };

const TRANSACTIONS_A_PAGE = 25;
/** Hash, raw block, and a look for the tip now and then. */
const REQUESTS_BESIDE_PAGES = 2;
const SAMPLES = 5;

/** What reading the newest `blocks` of the server would take, judged by the transactions in a few of them. */
export async function estimateBackfill(url: string, { blocks, requestsPerSecond }: Asked): Promise<BackfillEstimate> {
  const client = createEsploraClient(url, { requestsPerSecond });
  try {
    const pages = await samplePages(client, blocks);
    const requests = Math.ceil(blocks * (pages + REQUESTS_BESIDE_PAGES));
    const durationMs = (requests / requestsPerSecond) * 1_000;
    const question = `Reading ${count(blocks)} blocks from ${client.address} takes about ${count(requests)} requests and, at ${requestsPerSecond} a second, ${spanOf(durationMs)}. A node of your own does it in minutes. Go on?`;
    return { blocks, requests, durationMs, question };
  } finally {
    await client.close();
  }
}

/** Mean number of pages of a few blocks, spread evenly. */
async function samplePages(client: EsploraClient, blocks: number): Promise<number> {
  const { signal } = new AbortController();
  const tip = await fetchTip(client, signal);
  const spread = Math.min(blocks - 1, tip.height);
  const pages = [Math.ceil(tip.transactions / TRANSACTIONS_A_PAGE)];
  for (let index = 1; index < Math.min(SAMPLES, blocks); index += 1) {
    const hash = await findHashAt(client, tip.height - Math.round((spread * index) / (SAMPLES - 1)), signal);
    if (hash === undefined) continue;
    const { transactions } = await fetchSummary(client, hash, signal);
    pages.push(Math.ceil(transactions / TRANSACTIONS_A_PAGE));
  }
  return pages.reduce((sum, each) => sum + each, 0) / pages.length;
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}

function spanOf(durationMs: number): string {
  const minutes = durationMs / 60_000;
  if (minutes < 90) return `${Math.max(1, Math.round(minutes))} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${count(Math.round(minutes / 1_440))} days`;
}
