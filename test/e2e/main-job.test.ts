import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type InsightList, insightList, type MonitoringStatus, monitoringStatus } from "#contract";
import { launchBrowser } from "../helpers/browser.ts";
import { type Program, runProgram, startProgram } from "../helpers/running-program.ts";

/**
 * The whole program as a person starts it, with the real browser, at thirty times the pace of the demonstration. Most
 * kinds of insight compare with two weeks, so there is a little more history.
 */
const data = mkdtempSync(join(tmpdir(), "utxoiq-main-job-"));
const LOOK_AGAIN_MS = 500;
const FAST = ["--source", "simnet:5", "--history-blocks", "2400", "--pace", "1800", "--data", data];

let program: Program;
let url: string;
let port: number;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

async function start(): Promise<void> {
  program = startProgram("start", ...FAST, "--port", String(port));
  url = await program.shows(/(http:\/\/\S+)\/dashboard/);
}

beforeAll(async () => {
  chmodSync(data, 0o755);
  port = await findFreePort();
  [browser] = await Promise.all([launchBrowser(), start()]);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  context.setDefaultTimeout(8_000);
  page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
}, 120_000);

afterAll(async () => {
  await browser.close();
  program.process.kill("SIGINT");
  await program.ended;
  rmSync(data, { recursive: true, force: true });
});

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

async function status(): Promise<MonitoringStatus> {
  return monitoringStatus.parse(await (await fetch(`${url}/api/v1/monitoring/status`)).json());
}

/** Healthy, and every height is there once. Tip and count are read one after the other, so a moment may be needed. */
function isWhole({ tip, counts, components }: MonitoringStatus): boolean {
  return tip !== null && components.every(({ state }) => state === "healthy") && counts?.blocks === tip.height + 1;
}

async function allInsights(): Promise<InsightList["insights"]> {
  const found: InsightList["insights"] = [];
  let path: string | null = "/api/v1/insights?pageSize=200";
  while (path !== null) {
    const list: InsightList = insightList.parse(await (await fetch(`${url}${path}`)).json());
    found.push(...list.insights);
    path = list.nextPageUrl;
  }
  return found;
}

/** Twice a second and no more often: the page asks from the same address, and both count towards one limit. */
async function until<Result>(
  read: () => Promise<Result>,
  holds: (result: Result) => boolean,
  withinMs = 60_000,
): Promise<Result> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const result = await read();
    if (holds(result)) return result;
    if (performance.now() > deadline)
      throw new Error(`did not come about in ${withinMs} ms: ${JSON.stringify(result).slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

test("the page shows insights of the simulated network, marked as such", async () => {
  await page.goto(`${url}/dashboard`);
  await page.getByRole("article").first().waitFor({ timeout: 30_000 });
  expect(await page.getByText(/simulated network/i).count()).toBeGreaterThan(0);
  await page
    .getByText(/^live$/i)
    .first()
    .waitFor({ timeout: 30_000 });
});

test("the tip moves and new insights come in without a reload", { timeout: 120_000 }, async () => {
  const before = await until(status, ({ backfill, tip }) => backfill?.state === "done" && tip !== null);
  const newest = await page.getByRole("article").first().innerText();
  await until(status, ({ tip }) => (tip?.height ?? 0) > (before.tip?.height ?? 0));
  const later = await until(status, ({ counts }) => (counts?.insights ?? 0) > (before.counts?.insights ?? Infinity));
  await until(
    async () => page.getByRole("article").first().innerText(),
    (text) => text !== newest,
  );
  const tipOnPage = async (): Promise<number> => {
    const text = await page.getByRole("region", { name: "Current tip" }).innerText();
    return Number(/Tip\s+([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));
  };
  const shown = await until(tipOnPage, (height) => height >= (later.tip?.height ?? Infinity));
  expect(shown).toBeGreaterThan(before.tip?.height ?? Infinity);
});

test("no accessibility fault, in light and dark", { timeout: 120_000 }, async () => {
  // Every block since has made the list longer. Loaded anew it is one page of it, of the same parts.
  await page.reload();
  await until(
    async () => page.getByRole("article").allInnerTexts(),
    (texts) => new Set(texts.map((text) => text.split("\n")[0])).size > 1,
  );
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
    ).toEqual([]);
  }
});

test("nothing scrolls sideways at 320, 390 and 1440 pixels", async () => {
  for (const width of [320, 390, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    expect(
      await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
      `${width} px`,
    ).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
});

test("every control does what it says", async () => {
  await page.evaluate("window.scrollTo(0, 700)");
  const card = page.getByRole("article").nth(4);
  await card.getByRole("button", { name: "Why" }).click();
  await card.getByText(/None is stated|so many claims of its kind/).waitFor();
  await page.getByRole("button", { name: "Exchange", exact: true }).click();
  await until(
    async () => page.getByRole("article").allInnerTexts(),
    (texts) => texts.length > 0 && texts.every((text) => text.startsWith("Exchange")),
  );
  await page.getByRole("button", { name: "All", exact: true }).click();
  await page.getByRole("link", { name: "connect your node" }).click();
  await page.getByText(/npm start -- --source core:/).waitFor();
  await page.goBack();
  const scheme = (): Promise<string | null> => page.locator("html").getAttribute("data-mantine-color-scheme");
  const before = await scheme();
  await page.getByRole("button", { name: /theme|light|dark/i }).click();
  await until(scheme, (now) => now !== before);
  await page.reload();
  // Whoever scrolls on comes to more than the first page of the list, of which few are ever drawn.
  const place = async (): Promise<number> =>
    Number(await page.getByRole("article").last().getAttribute("aria-posinset"));
  await until(
    async () => {
      await page.mouse.wheel(0, 2_000);
      return place();
    },
    (reached) => reached > 40,
  );
  expect(await page.getByRole("article").count()).toBeLessThan(30);
});

test("an insight is found, opened, rated, commented and flagged, and its statistics tell so everywhere", async () => {
  // The oldest: one that goes on has another headline a moment later.
  const wanted = (await allInsights()).findLast(({ confidence }) => confidence !== null);
  if (wanted === undefined) throw new Error("no insight states a confidence");
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en-US" });
  const [reader, other] = [await context.newPage(), page];
  await other.goto(`${url}/insights/${wanted.id}`);
  await other.getByText("not rated yet").waitFor();
  await reader.goto(`${url}/dashboard`);
  await reader.getByLabel("Search insights").fill(wanted.evidence.transactions[0]?.txid ?? wanted.blockHash);
  await reader.getByRole("button", { name: "Filters" }).click();
  const settled = wanted.status === "confirmed" ? /^Block settled \d/ : /^Block young \d/;
  await reader.getByRole("button", { name: settled }).click();
  await reader.getByRole("button", { name: /^Show \d/ }).click();
  await reader.getByRole("link", { name: wanted.headline }).first().click();
  await reader.getByRole("heading", { level: 1, name: wanted.headline }).waitFor();
  await reader.getByRole("button", { name: "4 of 5 stars" }).click();
  await reader.getByText("4.0 of 1 rating").waitFor();
  await reader.getByRole("button", { name: "Flag this insight" }).click();
  await reader.getByRole("radio", { name: /^Misleading/ }).check();
  await reader.getByRole("button", { name: "Send the flag" }).click();
  await reader.getByRole("button", { name: /you flagged this insight/ }).waitFor();
  await reader.getByLabel("Your comment").fill("A <b>plain</b> comment");
  await reader.getByRole("button", { name: "Comment", exact: true }).click();
  await reader.getByRole("listitem").filter({ hasText: "A <b>plain</b> comment" }).waitFor();
  // Another browser hears of it without a reload, and has said nothing itself.
  await other.getByText("4.0 of 1 rating").waitFor();
  await other.getByRole("listitem").filter({ hasText: "A <b>plain</b> comment" }).waitFor();
  expect(await other.getByRole("button", { name: "4 of 5 stars" }).getAttribute("aria-pressed")).toBe("false");
  await reader.reload();
  await until(
    () => reader.getByRole("button", { name: "4 of 5 stars" }).getAttribute("aria-pressed"),
    (pressed) => pressed === "true",
  );
  for (const colorScheme of ["light", "dark"] as const) {
    await reader.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page: reader }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`)).toEqual([]);
  }
  await context.close();
  await page.goto(`${url}/dashboard`);
});

test("a second start on the running instance is refused with one sentence", async () => {
  const second = await runProgram("start", ...FAST, "--port", String(port));
  expect(second.code).toBe(1);
  expect(second.stderr).toMatch(/^utxoiq: .*already running.*\n$/i);
});

test("SIGINT stops it within five seconds, and the next start goes on where it stood", async () => {
  const before = await status();
  const known = await allInsights();
  const asked = performance.now();
  program.process.kill("SIGINT");
  expect(await program.ended).toBe(0);
  expect(performance.now() - asked).toBeLessThan(5_000);
  await start();
  const after = await until(status, isWhole);
  expect(after.tip?.height).toBeGreaterThanOrEqual(before.tip?.height ?? 0);
  const ids = (await allInsights()).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(known.filter(({ id }) => !ids.includes(id))).toEqual([]);
  await page
    .getByText(/^live$/i)
    .first()
    .waitFor({ timeout: 20_000 });
}, 60_000);

test("after kill -9 the next start recovers by itself, with no block lost or doubled", async () => {
  for (let round = 0; round < 3; round += 1) {
    const before = await status();
    program.process.kill("SIGKILL");
    await program.ended;
    await start();
    const after = await until(status, isWhole);
    expect(after.tip?.height).toBeGreaterThanOrEqual(before.tip?.height ?? 0);
  }
}, 120_000);

test("the page complained of nothing but of the server that was killed", () => {
  const ofKilled = /WebSocket|ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE/;
  expect(complaints.filter((text) => !ofKilled.test(text))).toEqual([]);
});
