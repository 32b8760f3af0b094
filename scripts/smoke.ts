/**
 * `npm run smoke -- --url URL`: asks a running instance for a bit of everything, as somebody else's program would:
 * REST, both kinds of stream, feedback. What it rates it withdraws. Exit code 1 where something is not as it should be.
 */
import { parseArgs } from "node:util";
import { WebSocket as NodeWebSocket } from "ws";
import { createApiClient, dataOf, StreamClient } from "#sdk";

type Check = { readonly name: string; readonly run: () => Promise<string> };

const WITHIN_MS = 20_000;

const { values } = parseArgs({ options: { url: { type: "string", default: "http://localhost:3000" } } });
const url = values.url.replace(/\/+$/, "");
const api = createApiClient({ url, retries: 0 });

const CHECKS: readonly Check[] = [
  { name: "ready", run: async () => `${dataOf(await api.GET("/readyz")).checks.length} checks` },
  {
    name: "status",
    run: async () => {
      const { state, network, tip } = dataOf(await api.GET("/api/v1/monitoring/status"));
      need(tip !== null, "no block is stored");
      return `${state}, ${network}, block ${tip.height}`;
    },
  },
  {
    name: "insights, page by page",
    run: async () => {
      const query = { pageSize: 2 };
      const first = dataOf(await api.GET("/api/v1/insights", { params: { query } }));
      if (first.nextPageToken === null) return `${first.insights.length} in all`;
      const next = { params: { query: { ...query, pageToken: first.nextPageToken } } };
      const second = dataOf(await api.GET("/api/v1/insights", next));
      const ids = [...first.insights, ...second.insights].map(({ id }) => id);
      need(new Set(ids).size === ids.length, "an insight stands on two pages");
      return `${ids.length} on two pages`;
    },
  },
  { name: "a block by height and by hash", run: blockBothWays },
  {
    name: "a series",
    run: async () => {
      const asked = { params: { path: { metric: "txs" }, query: { resolution: "hour" } } } as const;
      return `${dataOf(await api.GET("/api/v1/series/{metric}", asked)).points.length} points`;
    },
  },
  {
    name: "an export, line by line",
    run: async () => {
      const response = await fetch(`${url}/api/v1/insights/export?format=ndjson`);
      const lines = (await response.text()).split("\n").filter((line) => line !== "");
      for (const line of lines) JSON.parse(line);
      return `${lines.length} lines`;
    },
  },
  { name: "what is wrong is refused", run: refusal },
  { name: "WebSocket: greets, and resumes without loss", run: resumeStream },
  { name: "Server-Sent Events: the same events", run: readEvents },
  { name: "feedback: given, counted, withdrawn", run: rateAndWithdraw },
];

function need(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

async function blockBothWays(): Promise<string> {
  const { height, hash } = dataOf(await api.GET("/api/v1/tip"));
  const byName = async (block: string) =>
    dataOf(await api.GET("/api/v1/blocks/{block}", { params: { path: { block } } }));
  const [one, other] = await Promise.all([byName(String(height)), byName(hash)]);
  need(one.line.hash === other.line.hash, "height and hash of the tip lead to two blocks");
  return `block ${height}`;
}

async function refusal(): Promise<string> {
  const response = await fetch(`${url}/api/v1/insights?pageSize=0`);
  const { code, errors } = (await response.json()) as { code?: string; errors?: readonly unknown[] };
  need(response.status === 400 && code === "API_BAD_REQUEST", `a page of nothing is answered with ${response.status}`);
  need((errors?.length ?? 0) > 0, "no field is named");
  return "400 with the field's name";
}

/** The last events that are stored, twice: all, and after the first of them. */
async function resumeStream(): Promise<string> {
  const { lastEventId } = dataOf(await api.GET("/api/v1/insights", { params: { query: { pageSize: 1 } } }));
  if (lastEventId === 0) return "greets; no event is stored yet";
  const all = await missedSince(Math.max(0, lastEventId - 20), lastEventId);
  const [first] = all;
  need(first !== undefined, "an event that is stored did not come");
  const rest = await missedSince(first, lastEventId);
  need(JSON.stringify(rest) === JSON.stringify(all.slice(1)), "resumed after the first, others came than before");
  return `${all.length} events`;
}

function missedSince(since: number, last: number): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const ids: number[] = [];
    const end = (finish: () => void): void => {
      clearTimeout(timer);
      client.stop();
      finish();
    };
    const timer = setTimeout(() => end(() => reject(new Error(`no events for ${WITHIN_MS / 1_000} s`))), WITHIN_MS);
    const client = new StreamClient({
      url: `${url.replace(/^http/, "ws")}/ws/insights`,
      topics: ["insight", "block", "brief", "feedback"],
      createSocket: (address) => new NodeWebSocket(address),
      startAfter: () => since,
      onReset: () => end(() => reject(new Error("an id that is not old is not known"))),
      onEvent: ({ id }) => {
        if (id <= last) ids.push(id);
        if (id >= last) end(() => resolve(ids));
      },
    });
    client.start();
  });
}

async function readEvents(): Promise<string> {
  const { lastEventId } = dataOf(await api.GET("/api/v1/insights", { params: { query: { pageSize: 1 } } }));
  const signal = AbortSignal.timeout(WITHIN_MS);
  const response = await fetch(`${url}/api/v1/events?since=${Math.max(0, lastEventId - 1)}`, { signal });
  need(response.body !== null && response.ok, `answered with ${response.status}`);
  let text = "";
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (text.includes("event: hello") && (lastEventId === 0 || text.includes(`id: ${lastEventId}\n`))) break;
  }
  return "greets and tells the newest event";
}

async function rateAndWithdraw(): Promise<string> {
  const { insights } = dataOf(await api.GET("/api/v1/insights", { params: { query: { pageSize: 1 } } }));
  const [insight] = insights;
  if (insight === undefined) return "no insight to rate yet";
  const address = `${url}/api/v1/feedback/insights/${insight.id}`;
  const before = await starsOf(await fetch(`${address}/stats`));
  const headers = { "content-type": "application/json" };
  const given = await fetch(`${address}/rate`, { method: "POST", headers, body: JSON.stringify({ stars: 5 }) });
  const cookie = (given.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  need((await starsOf(given)) === before + 1, "a rating was not counted");
  const withdrawn = await fetch(`${address}/rate`, { method: "DELETE", headers: { cookie } });
  need((await starsOf(withdrawn)) === before, "a rating that was withdrawn is counted");
  return `${before} ratings before and after`;
}

async function starsOf(response: Response): Promise<number> {
  need(response.ok, `answered with ${response.status}`);
  const { ratings } = (await response.json()) as { readonly ratings: { readonly count: number } };
  return ratings.count;
}

let failed = 0;
for (const { name, run } of CHECKS) {
  try {
    console.log(`ok    ${name}: ${await run()}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
console.log(failed === 0 ? `all is as it should be at ${url}` : `${failed} of ${CHECKS.length} failed at ${url}`);
process.exitCode = failed === 0 ? 0 : 1;
