import { SaxesParser } from "saxes";
import { afterAll, beforeAll, expect, test } from "vitest";
import { brief, briefList, insight, problem } from "#contract";
import { type Brief, chartOf } from "#insights";
import { createLogger, invariant } from "#lib";
import { claimChain, findInsight, listEvents, readChartPoints, saveBlocks, saveBrief } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { storedBlock, storedChain } from "../../test/helpers/stored-blocks.ts";
import { presentEvent } from "./present.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
let api: RunningApi;

const DAY = "2023-11-14";

beforeAll(async () => {
  const logger = createLogger(undefined, "silent");
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: "/none" });
});

afterAll(() => api.stop());

async function get(path: string): Promise<{ status: number; type: string; text: string; headers: Headers }> {
  const response = await fetch(`${api.url}${path}`, { redirect: "manual" });
  const type = response.headers.get("content-type") ?? "";
  return { status: response.status, type, text: await response.text(), headers: response.headers };
}

/** Strict: throws at what is not well-formed. */
function titlesOf(xml: string): string[] {
  const titles: string[] = [];
  let open = "";
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ local }) => {
    open = local;
  });
  parser.on("text", (text) => {
    if (open === "title" && text.trim() !== "") titles.push(text);
  });
  parser.write(xml).close();
  return titles;
}

/** A brief of the transfers of two blocks. */
async function briefOf(ids: readonly string[], day: string): Promise<Brief> {
  const items = [];
  for (const id of ids) {
    const stored = await findInsight(db, id);
    invariant(stored !== undefined, `insight ${id} is stored`);
    const {
      status: _,
      statusReason: __,
      eventId: ___,
      publishedEventId: ____,
      publishedHeight: _____,
      ...said
    } = stored;
    const chart = chartOf(said);
    invariant(chart !== null, "a transfer has a chart");
    const points = await readChartPoints(db, chart);
    const score = { surprise: 1, confidence: 0.5, diversity: 1, product: 0.5 };
    items.push({ insight: said, also: [], score, picture: { chart, points } });
  }
  const blocks = { first: 0, last: 4, count: 5 };
  return { day, network: "simnet", simulated: true, blocks, insights: 5, events: 3, items };
}

test("before there is a chain or a brief, each says what is missing", async () => {
  expect(briefList.parse(JSON.parse((await get("/api/v1/briefs")).text)).briefs).toEqual([]);
  for (const [path, status, code] of [
    ["/briefs", 404, "API_BRIEF_NOT_FOUND"],
    [`/briefs/${DAY}`, 404, "API_BRIEF_NOT_FOUND"],
    [`/api/v1/briefs/${DAY}/pictures/1.png`, 404, "API_BRIEF_NOT_FOUND"],
    ["/feeds/insights.atom", 503, "API_NOT_READY"],
    ["/api/v1/briefs/2023-02-30", 400, "API_BAD_REQUEST"],
    ["/api/v1/briefs/today.md", 400, "API_BAD_REQUEST"],
    ["/api/v1/briefs?pageToken=nonsense", 400, "API_BAD_REQUEST"],
  ] as const) {
    const answer = await get(path);
    expect([path, answer.status, problem.parse(JSON.parse(answer.text)).code]).toEqual([path, status, code]);
  }
});

test("a brief is given as JSON, Markdown, page and pictures, stays after a reorg and tells what it took back", async () => {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  const chain = storedChain(5);
  await saveBlocks(db, chain);
  const [low, high] = [chain[1]?.insights[0]?.id ?? "", chain[4]?.insights[0]?.id ?? ""];
  await saveBrief(db, await briefOf([low, high], DAY), 1_700_060_000);
  expect(await saveBrief(db, await briefOf([low], DAY), 1_700_070_000)).toBe(false);
  // It is told once.
  const told = (await listEvents(db, { after: 0, limit: 100 })).filter(({ type }) => type === "brief.published");
  expect(told.map(presentEvent).map(({ data }) => data)).toEqual([
    { date: DAY, url: `/briefs/${DAY}`, headlines: [chain[1]?.insights[0]?.headline, chain[4]?.insights[0]?.headline] },
  ]);

  const before = brief.parse(JSON.parse((await get(`/api/v1/briefs/${DAY}`)).text));
  expect(before).toMatchObject({ date: DAY, simulated: true, retracted: 0, url: `/briefs/${DAY}` });
  expect(before.items.map(({ insight: { id } }) => id)).toEqual([low, high]);
  expect(before.items[0]?.picture).toMatchObject({ svgUrl: `/api/v1/briefs/${DAY}/pictures/1.svg` });
  expect(before.items[0]?.picture?.points.map(({ value }) => value)).toEqual(
    [0, 1, 2, 3, 4].map((height) => 2e10 + height),
  );

  const svg = await get(`/api/v1/briefs/${DAY}/pictures/1.svg`);
  expect([svg.status, svg.type]).toEqual([200, "image/svg+xml"]);
  expect(svg.text).toContain("SIMULATED, not Bitcoin");
  expect(svg.headers.get("cache-control")).toBe("public, max-age=3600");
  const png = await fetch(`${api.url}/api/v1/briefs/${DAY}/pictures/2.png`);
  expect(png.headers.get("content-type")).toBe("image/png");
  expect(Buffer.from(await png.arrayBuffer()).toString("latin1", 1, 4)).toBe("PNG");

  const markdown = await get(`/api/v1/briefs/${DAY}.md`);
  expect([markdown.status, markdown.type]).toEqual([200, "text/markdown; charset=utf-8"]);
  expect(markdown.text).toContain(`](${api.url}/api/v1/briefs/${DAY}/pictures/1.png)`);
  const page = await get(`/briefs/${DAY}`);
  expect([page.status, page.type]).toEqual([200, "text/html; charset=utf-8"]);
  const withoutNonce = (text: string): string => text.replace(/<style nonce="\w+">/, "<style>");
  expect(page.text).not.toContain("<style>");
  expect(withoutNonce((await get(`/api/v1/briefs/${DAY}.html`)).text)).toBe(withoutNonce(page.text));
  expect((await get("/briefs")).headers.get("location")).toBe(`/briefs/${DAY}`);

  const undone = chain.slice(4).map(({ header }) => ({ height: header.height, hash: header.hash }));
  const other = { ...storedBlock(4, { branch: "other", parent: "main" }), insights: [] };
  await saveBlocks(db, [other], undone);
  const after = brief.parse(JSON.parse((await get(`/api/v1/briefs/${DAY}`)).text));
  expect(after.retracted).toBe(1);
  expect(after.items.map(({ insight: { status } }) => status)).toEqual(["preliminary", "retracted"]);
  expect(after.items.map(({ picture }) => picture)).toEqual(before.items.map(({ picture }) => picture));
  expect((await get(`/briefs/${DAY}`)).text).toContain("Retracted since. Block 4");
  expect((await get(`/api/v1/briefs/${DAY}.md`)).text).toContain("**Retracted since. Block 4");
});

test("feeds are well-formed Atom: the newest insights, retractions among them, and the briefs", async () => {
  const insights = await get("/feeds/insights.atom");
  expect([insights.status, insights.type]).toEqual([200, "application/atom+xml; charset=utf-8"]);
  const titles = titlesOf(insights.text);
  expect(titles).toHaveLength(1 + 5);
  // The retraction is the newest news.
  expect(titles[1]).toBe("Retracted: A very large transfer (simulated)");
  const briefs = await get("/feeds/briefs.atom");
  expect(titlesOf(briefs.text)).toEqual([
    "utxoIQ briefs of simnet (simulated)",
    "Daily brief, 14 November 2023 (simulated)",
  ]);
  expect(briefs.text).toContain(`<link rel="alternate" href="${api.url}/briefs/${DAY}"/>`);
});

test("briefs are listed page by page, newest day first", async () => {
  const more = ["2023-11-15", "2023-12-01"];
  for (const day of more) await saveBrief(db, await briefOf([], day), 1_700_100_000);
  const days: string[] = [];
  let path: string | null = "/api/v1/briefs?pageSize=1";
  while (path !== null) {
    const page = briefList.parse(JSON.parse((await get(path)).text));
    days.push(...page.briefs.map(({ date }) => date));
    path = page.nextPageUrl;
  }
  expect(days).toEqual([...more.toReversed(), DAY]);
  // Each page leads to the day before and after it.
  const links = async (day = ""): Promise<string[]> =>
    [...(await get(`/briefs/${day}`)).text.matchAll(/<a href="(\/briefs[^"]*)">(?:The day|The newest)/g)].map(
      ([, url = ""]) => url,
    );
  const [first = "", second = ""] = more;
  expect(await links(first)).toEqual([`/briefs/${DAY}`, `/briefs/${second}`, "/briefs"]);
  expect(await links(second)).toEqual([`/briefs/${first}`]);
});

test("an insight says what to draw of it", async () => {
  const answer = await get(`/api/v1/insights/${storedChain(1)[0]?.insights[0]?.id}`);
  expect(insight.parse(JSON.parse(answer.text)).chart).toMatchObject({
    series: { unit: "sats", of: { from: "block", field: "largest-transfer" } },
    marks: { event: { fromHeight: 0, toHeight: 0 } },
  });
});

test("what came back in another block is no longer what the brief tells: JSON, texts and feed name the block", async () => {
  const day = "2023-12-05";
  const [, , second, third] = storedChain(4);
  const [told, below] = [third?.insights[0], second?.insights[0]];
  invariant(told !== undefined && below !== undefined, "each block has an insight");
  const made = await briefOf([told.id], day);
  const also = [{ id: below.id, headline: below.headline, blockHash: below.blockHash }];
  await saveBrief(db, { ...made, items: made.items.map((item) => ({ ...item, also })) }, 1_700_100_000);
  const read = async () => brief.parse(JSON.parse((await get(`/api/v1/briefs/${day}`)).text));
  const updated = async () => {
    const feed = (await get("/feeds/briefs.atom")).text;
    return /:brief:2023-12-05<\/id>[^]*?<updated>(.*?)<\/updated>/.exec(feed)?.[1] ?? "";
  };
  expect(await read()).toMatchObject({ retracted: 0, items: [{ restated: null, also: [{ restated: null }] }] });
  const before = await updated();

  const main = storedChain(4).toReversed().slice(0, 2);
  const undone = [storedBlock(4, { branch: "other" }), ...main].map(({ header: { height, hash } }) => ({
    height,
    hash,
  }));
  const bare = { ...storedBlock(2, { branch: "third", parent: "main" }), insights: [] };
  await saveBlocks(db, [bare, storedBlock(3, { branch: "third" })], undone);
  const restated = { height: 3, blockHash: storedBlock(3, { branch: "third" }).header.hash };
  expect(await read()).toMatchObject({
    retracted: 1,
    items: [
      {
        insight: { id: told.id, blockHash: told.blockHash, status: "preliminary" },
        restated,
        also: [{ id: below.id, status: "retracted", restated: null }],
      },
    ],
  });
  const markdown = (await get(`/api/v1/briefs/${day}.md`)).text;
  expect(markdown).toContain("**Restated since, now in block 3.**");
  expect(markdown).toContain(`Also seen as: ${below.headline} (retracted since).`);
  expect((await get(`/briefs/${day}`)).text).toContain("Restated since, now in block 3.");
  expect((await get("/feeds/briefs.atom")).text).toContain("(restated since, now in block 3)");
  expect(Date.parse(await updated())).toBeGreaterThan(Date.parse(before));
});
