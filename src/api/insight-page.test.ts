import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chartPoints, insightList, problem } from "#contract";
import { createLogger } from "#lib";
import { claimChain, saveBlocks } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { storedChain } from "../../test/helpers/stored-blocks.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
const webRoot = mkdtempSync(join(tmpdir(), "utxoiq-web-"));
const HOSTILE = `<script>alert("1")</script> & 'more' $& of it`;
let api: RunningApi;

beforeAll(async () => {
  writeFileSync(join(webRoot, "index.html"), "<head><title>utxoIQ</title></head>");
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  const blocks = storedChain(3).map((block) => ({
    ...block,
    insights: block.insights.map((one) => ({ ...one, headline: HOSTILE })),
  }));
  await saveBlocks(db, blocks);
  const logger = createLogger(undefined, "silent");
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot });
});

afterAll(() => api.stop());

test("the page of an insight tells others what it is about, and nothing in it is taken for markup", async () => {
  const { insights } = insightList.parse(await (await fetch(`${api.url}/api/v1/insights`)).json());
  const one = insights.find(({ chart }) => chart !== null);
  const page = await (await fetch(`${api.url}/insights/${one?.id}`)).text();
  expect(page).not.toContain("<script>");
  expect(page).toContain(
    '<meta property="og:title" content="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39; $&amp; of it',
  );
  const picture = /property="og:image" content="([^"]+)"/.exec(page)?.[1] ?? "";
  const png = await fetch(picture);
  expect([png.status, png.headers.get("content-type")]).toEqual([200, "image/png"]);
  const svg = await (await fetch(picture.replace(".png", ".svg"))).text();
  expect(svg).toContain("SIMULATED");
  expect(svg).not.toContain("<script>");
  const small = await fetch(picture.replace("picture.png", "sparkline.svg?theme=dark"));
  expect([small.status, small.headers.get("content-type")]).toEqual([200, "image/svg+xml"]);
  expect(await small.text()).toMatch(/^<svg .*<polyline points="\d/);
});

test("the numbers of a chart are those of the blocks of its window, by height", async () => {
  const { insights } = insightList.parse(await (await fetch(`${api.url}/api/v1/insights`)).json());
  const one = insights.find(({ chart }) => chart !== null);
  const { points } = chartPoints.parse(await (await fetch(`${api.url}/api/v1/insights/${one?.id}/chart`)).json());
  expect(points.map(({ height }) => height)).toEqual(
    [0, 1, 2].filter((height) => height <= (one?.chart?.window.toHeight ?? 0)),
  );
  expect(points.every(({ value }) => typeof value === "number")).toBe(true);
});

test.each(["none", "0".repeat(32)])("of %s there is a page that says so, and no picture", async (id) => {
  const page = await fetch(`${api.url}/insights/${id}`);
  expect([page.status, await page.text()]).toEqual([404, "<head><title>utxoIQ</title></head>"]);
  const picture = await fetch(`${api.url}/api/v1/insights/${id}/picture.svg`);
  expect(problem.parse(await picture.json()).status).toBe(id === "none" ? 400 : 404);
});
