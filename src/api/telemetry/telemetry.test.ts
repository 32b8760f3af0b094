import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { once } from "node:events";
import { drawSecrets } from "#auth";
import { problem } from "#contract";
import { createLogger } from "#lib";
import { claimChain, saveBlocks } from "#store";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { storedChain } from "../../../test/helpers/stored-blocks.ts";
import { type RunningApi, startApi } from "../start-api.ts";

const { db, connection } = await openTestDatabase();
const secrets = drawSecrets();
let api: RunningApi;

beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, storedChain(4));
  const logger = createLogger(undefined, "silent");
  api = await startApi({
    db,
    connection,
    logger,
    host: "127.0.0.1",
    port: 0,
    webRoot: "/none",
    secrets,
    guests: "feed",
  });
});

afterAll(() => api.stop());

const headers = { authorization: `Bearer ${secrets.operatorToken}` };

/** Samples by name and labels, as they are written. */
async function scrape(): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`${api.url}/metrics`, { headers });
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

test("is not told to whom the details of the program are none of", async () => {
  const refused = await fetch(`${api.url}/metrics`);
  expect(problem.parse(await refused.json())).toMatchObject({ status: 401 });
});

test("tells what was asked, what is stored and who listens, and nothing that is not known", async () => {
  for (const path of ["/api/v1/blocks/2", "/api/v1/blocks/3", "/api/v1/blocks/77"])
    await fetch(`${api.url}${path}`, { headers });
  for (const _ of [1, 2, 3]) await fetch(`${api.url}/api/v1/blocks`, { headers });
  const socket = new WebSocket(`${api.url.replace("http", "ws")}/ws/insights`);
  await once(socket, "message");
  const samples = await scrape();
  const ofBlocks = (status: string): string =>
    `utxoiq_http_request_duration_seconds_count{method="GET",route="/api/v1/blocks/:block",status="${status}"}`;
  expect([samples.get(ofBlocks("200")), samples.get(ofBlocks("404"))]).toEqual([2, 1]);
  expect(samples.get("utxoiq_tip_height")).toBe(3);
  expect(samples.get("utxoiq_stored_blocks")).toBe(4);
  expect(samples.get('utxoiq_stream_connections{kind="websocket"}')).toBe(1);
  expect(samples.get('utxoiq_component_state{component="database",state="healthy"}')).toBe(1);
  expect(samples.get('utxoiq_component_state{component="ingest",state="down"}')).toBe(1);
  expect(samples.get('utxoiq_answers_total{found="hit"}')).toBe(2);
  expect(samples.get("utxoiq_answer_hit_rate")).toBeCloseTo(2 / 3);
  expect(samples.get("process_resident_memory_bytes")).toBeGreaterThan(10_000_000);
  // No source is read, so nobody knows how far behind it we are.
  expect(samples.has("utxoiq_blocks_behind")).toBe(false);
  socket.close();
  await expect.poll(async () => (await scrape()).get('utxoiq_stream_connections{kind="websocket"}')).toBe(0);
  expect((await scrape()).get('utxoiq_stream_connections_total{kind="websocket"}')).toBe(1);
});
