import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import AxeBuilder from "@axe-core/playwright";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningApi, startApi } from "#api";
import { createOperatorCode, drawSecrets } from "#auth";
import { createLogger } from "#lib";
import { type BlockToSave, claimChain, explore, getTip, saveBlocks, saveMempoolSnapshot } from "#store";
import { launchBrowser } from "./helpers/browser.ts";
import { openTestDatabase, query } from "./helpers/database.ts";
import { pressEverything } from "./helpers/press-everything.ts";
import { storedBlock, storedChain } from "./helpers/stored-blocks.ts";
import { storedSnapshot } from "./helpers/stored-snapshot.ts";

/** Every page in a real browser over a small stored chain: what holds for all of them, page by page. */
const ROOT = fileURLToPath(new URL("../", import.meta.url));
const WEB = mkdtempSync(join(tmpdir(), "utxoiq-pages-"));
/** A day of blocks; of the last alone something was published, because a page full of cards is looked at elsewhere. */
const CHAIN = storedChain(149).map((block, height) => (height < 148 ? { ...block, insights: [] } : block));
const TIP = storedBlock(148).header;
const TOLD = storedBlock(148).insights[0];
const LARGE = storedBlock(148).transfers[0]?.txid ?? "";

const PAGES = [
  { path: "/dashboard", heading: "Insights" },
  { path: "/dashboard?tab=status", heading: "System status" },
  { path: "/dashboard?tab=metrics&range=1y", heading: "Metrics" },
  { path: `/insights/${TOLD?.id}`, heading: TOLD?.headline ?? "" },
  { path: "/blocks?sort=-fees,height", heading: "Blocks" },
  { path: "/blocks/148", heading: "Block 148" },
  { path: "/mempool", heading: "Mempool" },
  { path: "/entities", heading: "Entities" },
  { path: "/entities/example", heading: "example" },
  { path: "/series/feerate_p50", heading: "Median fee rate" },
  { path: `/transactions/${LARGE}`, heading: "Transaction " },
  { path: "/scorecard", heading: "Scorecard" },
  { path: "/setup", heading: "Set up" },
  { path: "/sign-in", heading: "Sign in" },
] as const;

/** As a browser in English says when something was, to the minute. */
const MOMENT = /^\w{3} \d+, \d{4}, \d\d:\d\d UTC$/;

/** In seconds since 1970. */
type Zoom = { readonly from: number; readonly to: number };

const secrets = drawSecrets();
const { db, connection } = await openTestDatabase();
let api: RunningApi;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  // Into a folder of its own: web/dist is built anew by whatever test starts the program first.
  const vite = ["node_modules/.bin/vite", "build", "web", "--config", "web/vite.config.ts", "--outDir", WEB];
  const env = { ...process.env, NODE_ENV: "production" };
  const built = spawnSync(process.execPath, [...vite, "--logLevel", "warn"], { cwd: ROOT, env });
  expect(built.status, String(built.stderr)).toBe(0);
  await claimChain(db, { network: "simnet", chainId: "pages", simulated: true });
  await saveBlocks(db, CHAIN);
  while ((await explore.refreshRollups(db)) > 0);
  await saveMempoolSnapshot(db, storedSnapshot(TIP.time, TIP.hash), 30);
  const logger = createLogger(undefined, "silent");
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: WEB, secrets });
  browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  context.setDefaultTimeout(20_000);
  page = await context.newPage();
  await page.addInitScript(COUNT_SHIFTS);
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
}, 60_000);

afterAll(async () => {
  await browser.close();
  await api.stop();
  rmSync(WEB, { recursive: true });
});

/** Until what the server wrote to be read at once has made room for the page itself. */
async function begun(opened: Page): Promise<void> {
  await opened.locator(".first-paint").waitFor({ state: "detached" });
}

/** Where the reader has come to, once the page is there. */
async function arrived(heading: string): Promise<string> {
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  const { pathname, search } = new URL(page.url());
  return `${pathname}${search}`;
}

/** In the page: what lies outside the 1,440 pixels in its middle, and lines of text that are longer than the eye follows. */
const WIDER_THAN_READ = `(() => {
  const middle = document.documentElement.clientWidth / 2;
  const isOutside = ({ left, right }) => left < middle - 721 || right > middle + 721;
  const lineOf = (element) => { const range = document.createRange(); range.selectNodeContents(element); return Math.max(0, ...[...range.getClientRects()].map(({ width }) => width)); };
  return [...document.querySelectorAll("main section, main p, main li, main table, header a, header button")]
    .filter((element) => isOutside(element.getBoundingClientRect()) || (element.tagName === "P" && lineOf(element) > 760))
    .map(({ tagName, textContent }) => tagName + " " + textContent.slice(0, 60));
})()`;

/** In the page, before anything else: by how much what stood there was moved, as the browser measures it. */
const COUNT_SHIFTS = `window.shifted = 0; new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shifted += value;
}).observe({ type: "layout-shift", buffered: true });`;

const PHONE = { viewport: { width: 390, height: 844 } } as const;
const TOUCHED = PAGES.filter(({ path }) => !/series|sign-in/.test(path));

/** In the page: controls that a finger does not hit, 44 px each way; a link in a sentence is as high as its line. */
const TOO_SMALL = `(() => {
  const isThere = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const inSentence = (element) => element.tagName === "A" && [...(element.closest("p")?.childNodes ?? [])].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
  return [...document.querySelectorAll("a[href], button, summary, select, [role=button], label:has(input[type=checkbox], input[type=radio])")]
    .filter((element) => isThere(element) && !inSentence(element))
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, { width, height, right }]) => right > 0 && (width < 43.5 || height < 43.5))
    .map(([element, { width, height }]) => element.tagName + " " + (element.getAttribute("aria-label") ?? element.textContent).slice(0, 40) + " " + Math.round(width) + "x" + Math.round(height));
})()`;

async function open(path: string, heading: string): Promise<void> {
  await page.goto(`${api.url}${path}`);
  await begun(page);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

/** What a reader without sight, or with little of it, would stumble over. */
async function faults(): Promise<readonly string[]> {
  // Rows of a table are alike, and a thousand cells take their time.
  const builder = new AxeBuilder({ page }).exclude("tbody tr:nth-child(n + 12)");
  const { violations } = await builder.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

describe.each(PAGES)("$path", ({ path, heading }) => {
  test("opens at its address, and is called what it is", async () => {
    await open(path, heading);
    const title = await page.getByRole("heading", { level: 1 }).innerText();
    expect(await page.title()).toContain(`${title} · utxoIQ`);
  });

  test("what stands there is not moved by what comes later", async () => {
    await open(path, heading);
    await page.locator('[aria-label^="Loading"]').first().waitFor({ state: "hidden" });
    await page.waitForTimeout(300);
    expect(await page.evaluate<number>("window.shifted")).toBeLessThan(0.1);
  });

  test("does not scroll sideways from 320 to 3840 pixels, where nothing is stretched beyond what is read", async () => {
    for (const width of [320, 390, 768, 1440, 3840]) {
      await page.setViewportSize({ width, height: 900 });
      const over = () => page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
      // A page that was resized this moment is drawn anew in the next.
      await expect.poll(over, { message: `${width} px`, timeout: 5_000 }).toBeLessThanOrEqual(0);
    }
    expect(await page.evaluate<readonly string[]>(WIDER_THAN_READ)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});

// The feed is looked at full of cards in test/e2e/main-job.test.ts, which takes its time.
test.each(PAGES.filter(({ path }) => path !== "/dashboard"))(
  "$path has no accessibility fault, in light and dark",
  async ({ path, heading }) => {
    await open(path, heading);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      expect(await faults(), colorScheme).toEqual([]);
    }
  },
);

describe("whatever can be pressed", () => {
  const pressed = new Set<string>();

  test.each(PAGES)("$path: complains of nothing", async ({ path, heading }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await open(path, heading);
    await pressEverything(page, pressed);
    expect(complaints).toEqual([]);
  });

  test("is more than a hundred controls", () => {
    expect(pressed.size).toBeGreaterThan(100);
  });
});

describe("a finger", () => {
  let phone: Page;

  beforeAll(async () => {
    const context = await browser.newContext({ ...PHONE, hasTouch: true, isMobile: true, locale: "en-US" });
    phone = await context.newPage();
  });

  afterAll(() => phone.context().close());

  test.each(TOUCHED)("$path has room for it on whatever can be pressed", async ({ path, heading }) => {
    await phone.goto(`${api.url}${path}`);
    await begun(phone);
    await phone.getByRole("heading", { level: 1, name: heading }).waitFor();
    await phone.locator('[aria-label^="Loading"]').first().waitFor({ state: "hidden" });
    expect(await phone.evaluate<readonly string[]>(TOO_SMALL)).toEqual([]);
    expect(
      await phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
    ).toBeLessThanOrEqual(0);
  });
});

test("the first screen of a phone shows an insight, and has the newest blocks above the feed, to be unfolded", async () => {
  await page.setViewportSize(PHONE.viewport);
  await open("/dashboard", "Insights");
  const headline = await page.getByRole("article").getByRole("heading").first().boundingBox();
  expect((headline?.y ?? Infinity) + (headline?.height ?? 0)).toBeLessThan(PHONE.viewport.height - 56);
  const table = page.getByRole("region", { name: "Newest blocks" });
  expect(await table.count()).toBe(0);
  await page.getByRole("button", { name: "Newest blocks, forecasts, scorecard" }).click();
  await table.waitFor();
  await page.setViewportSize({ width: 1440, height: 900 });
});

test("a filter that leaves nothing is taken away where that is said", async () => {
  await open("/dashboard?category=miner&since=24h", "Insights");
  await page.getByRole("button", { name: "Remove the filter Last 24 h" }).waitFor();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await page.getByRole("article").first().waitFor();
  expect(new URL(page.url()).search).toBe("");
  expect(complaints).toEqual([]);
});

test("the page of an entity tells of its insights, transfers and labels", async () => {
  await open("/entities/example", "example");
  const parts = page.locator("main section > h2");
  await expect
    .poll(() => parts.allInnerTexts(), { timeout: 5_000 })
    .toEqual(expect.arrayContaining(["Insights", "Transfers of 100 BTC and more", "Labels"]));
});

test("a word about something comes with the pointer and with the focus, and goes with Escape", async () => {
  await open("/blocks/148", "Block 148");
  const hint = page.getByRole("tooltip");
  const hash = page.getByRole("button", { name: /^Copy block hash/ }).first();
  await hash.hover();
  await hint.getByText(TIP.hash).waitFor();
  await page.mouse.move(0, 0);
  await hint.waitFor({ state: "detached" });
  await page.keyboard.press("Tab");
  await hash.focus();
  await hint.getByText(TIP.hash).waitFor();
  await page.keyboard.press("Escape");
  await hint.waitFor({ state: "detached" });
  expect(await page.evaluate("document.activeElement?.getAttribute('aria-label')")).toMatch(/^Copy block hash/);
});

describe("going from page to page", () => {
  test("links, tabs and the browser's own back", async () => {
    await open("/dashboard?category=whale", "Insights");
    expect(await page.getByRole("button", { name: "Whale" }).getAttribute("aria-pressed")).toBe("true");
    await page.getByRole("link", { name: "System status" }).click();
    expect(await arrived("System status")).toBe("/dashboard?tab=status");
    await page.getByRole("link", { name: "Scorecard" }).click();
    await page.getByRole("heading", { level: 1, name: "Scorecard" }).waitFor();
    // Reading goes on at the new page.
    expect(await page.evaluate("document.activeElement.id")).toBe("content");
    await page.goBack();
    await page.goBack();
    expect(await arrived("Insights")).toBe("/dashboard?category=whale");
  });

  test("whatever is cited leads to its page: blocks, transactions and entities", async () => {
    const cited = TOLD?.evidence.transactions[0]?.txid ?? "";
    const hrefs = async (of: Locator): Promise<readonly (string | null)[]> => {
      await of.first().waitFor();
      return of.evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    };
    await open("/dashboard?category=whale", "Insights");
    expect(await hrefs(page.getByRole("article").first().getByRole("link"))).toEqual(
      expect.arrayContaining(["/blocks/148", `/transactions/${cited}`]),
    );
    await open(`/insights/${TOLD?.id}`, TOLD?.headline ?? "");
    const rows = page.getByRole("region", { name: "Transactions" }).getByRole("link");
    expect(await hrefs(rows)).toEqual(expect.arrayContaining([`/transactions/${cited}`]));
    await page.getByRole("region", { name: "Blocks" }).getByRole("link").first().click();
    expect(await arrived("Block 148")).toBe("/blocks/148");
    const moved = page.getByRole("region", { name: "Transfers", exact: true }).getByRole("link");
    expect(await hrefs(moved)).toEqual(expect.arrayContaining([`/transactions/${LARGE}`]));
    await moved.first().click();
    expect(await arrived("Transaction ")).toBe(`/transactions/${LARGE}`);
  });

  test("keys: ? lists them, g and a letter goes, and neither while the list is open", async () => {
    await open("/dashboard", "Insights");
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keys" });
    await help.waitFor();
    await page.keyboard.type("gc");
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "hidden" });
    expect(await arrived("Insights")).toBe("/dashboard");
    await page.keyboard.type("gc");
    expect(await arrived("Scorecard")).toBe("/scorecard");
  });

  test("Ctrl-K finds a page, a metric, an entity, a block and a transaction by what is typed", async () => {
    await open("/dashboard", "Insights");
    for (const [typed, heading, path] of [
      ["mempo", "Mempool", "/mempool"],
      ["coin days", "Coin days destroyed", "/series/coin_days_destroyed"],
      ["exam", "example", "/entities/example"],
      ["1,48", "Block 148", "/blocks/148"],
      [LARGE, "Transaction", `/transactions/${LARGE}`],
      [LARGE.slice(0, 10), "Transaction", `/transactions/${LARGE}`],
    ] as const) {
      await page.keyboard.press("Control+k");
      // On a busy machine the box opens later than a script types.
      await page.waitForFunction("document.activeElement?.getAttribute('role') === 'combobox'");
      await page.keyboard.type(typed);
      await page.waitForFunction(`document.activeElement?.value === ${JSON.stringify(typed)}`);
      await page.getByRole("option", { selected: true }).waitFor();
      await page.keyboard.press("Enter");
      expect(await arrived(heading), typed).toBe(path);
    }
  });

  test("the bar at the bottom of a phone leads to the pages", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open("/dashboard", "Insights");
    const bar = page.getByRole("navigation", { name: "Pages, on a phone" });
    await bar.getByRole("link", { name: "Status" }).click();
    await page.getByRole("heading", { level: 1, name: "System status" }).waitFor();
    await bar.getByRole("button", { name: "More" }).click();
    await page.getByRole("dialog", { name: "Pages" }).getByRole("link", { name: "Scorecard" }).click();
    expect(await arrived("Scorecard")).toBe("/scorecard");
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test("a page that was never opened is asked for again once the server is back, and the shell stays meanwhile", async () => {
    // Without what other pages have left in the browser's cache.
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
    const fresh = await context.newPage();
    await fresh.goto(`${api.url}/dashboard`);
    await begun(fresh);
    await context.setOffline(true);
    await fresh.getByRole("navigation", { name: "Pages", exact: true }).getByRole("link", { name: "Entities" }).click();
    const again = fresh.getByRole("button", { name: "Try again" });
    await again.waitFor();
    await fresh.getByRole("navigation", { name: "Pages", exact: true }).getByRole("link", { name: "Blocks" }).waitFor();
    await context.setOffline(false);
    await again.click();
    await fresh.getByRole("heading", { level: 1, name: "Entities" }).waitFor();
    expect(new URL(fresh.url()).pathname).toBe("/entities");
    await context.close();
  });

  test("an address that is none says so", async () => {
    await open("/dashboard", "Insights");
    await page.evaluate("history.pushState(null, '', '/nowhere'); dispatchEvent(new PopStateEvent('popstate'))");
    expect(await arrived("There is no such page")).toBe("/nowhere");
    const answer = await page.goto(`${api.url}/nowhere/else?at=all`);
    expect(answer?.status()).toBe(404);
    expect(await arrived("There is no such page")).toBe("/nowhere/else?at=all");
    expect(complaints.splice(0)).toEqual([expect.stringContaining("404")]);
  });
});

describe("charts", () => {
  test("let the page be scrolled by a wheel and by a finger that are over them", async () => {
    await open("/series/feerate_p50", "Median fee rate");
    const chart = page.getByRole("group", { name: "Median fee rate, drawn" });
    await chart.locator("canvas").waitFor();
    await chart.hover();
    await page.mouse.wheel(0, 200);
    await expect.poll(() => page.evaluate<number>("scrollY"), { timeout: 5_000 }).toBeGreaterThan(100);
    const context = await browser.newContext({ ...PHONE, hasTouch: true, isMobile: true, locale: "en-US" });
    const phone = await context.newPage();
    await phone.goto(`${api.url}/series/feerate_p50`);
    const place = phone.getByRole("group", { name: "Median fee rate, drawn" });
    await place.locator("canvas").waitFor();
    await place.scrollIntoViewIfNeeded();
    const before = await phone.evaluate<number>("scrollY");
    const { x, y, width, height } = (await place.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const finger = await context.newCDPSession(phone);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", up: number) =>
      finger.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x: x + width / 2, y: y + 0.7 * height - up }],
      });
    await touch("touchStart", 0);
    for (let up = 10; up <= 200; up += 10) await touch("touchMove", up);
    await touch("touchEnd", 200);
    await expect.poll(() => phone.evaluate<number>("scrollY"), { timeout: 5_000 }).toBeGreaterThan(before + 80);
    await context.close();
  });

  test("are shown as a table, and their numbers and pictures are files that say what they are", async () => {
    await open("/series/totalfee?by=block", "Fees");
    await page.getByRole("button", { name: "Show Fees as a table" }).click();
    const row = page.getByRole("region", { name: "Fees, as a table" }).getByRole("row").nth(1);
    const [time = ""] = (await row.innerText()).split("\t");
    expect(Date.parse(`${time} UTC`)).toBe(Math.floor(TIP.time / 60) * 60_000);
    const csv = readFileSync(await saved("Numbers (CSV)"), "utf8").split("\n");
    expect(csv.slice(0, 2)).toEqual(["# Fees", expect.stringMatching(/^# simulated network · block by block/)]);
    expect(csv).toHaveLength(3 + 1 + CHAIN.length + 1);
    await page.getByRole("button", { name: "Show Fees as a table" }).click();
    const png = readFileSync(await saved("Picture (PNG)"));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2_400, 1_260]);
    const svg = readFileSync(await saved("Picture of lines (SVG)"), "utf8");
    expect(svg).toMatch(/^<svg width="1200" height="630"[^]*>Fees<\/text>[^]*simulated network · block by block/);
  });

  test("share their crosshair: what one shows of a moment the others show as well", async () => {
    await open("/dashboard?tab=metrics&range=7d", "Metrics");
    const times = page.getByText(MOMENT);
    const shown = async (): Promise<number> => {
      const canvas = page.locator("canvas").first();
      for (const x of [300, 310]) await canvas.hover({ position: { x, y: 100 } });
      // The mempool was seen at times of its own, so its chart shows the nearest of these.
      const counts = Map.groupBy(await times.allInnerTexts(), (text) => text);
      return Math.max(0, ...[...counts.values()].map(({ length }) => length));
    };
    await expect.poll(shown, { timeout: 20_000 }).toBeGreaterThan(1);
  });

  test("are zoomed together by keys and by a pointer drawn across, and the address brings it back", async () => {
    await open("/dashboard?tab=metrics&range=7d&by=block", "Metrics");
    const [fees, rates] = ["Fees", "Fee rates"].map((title) => page.getByRole("group", { name: `${title}, drawn` }));
    if (fees === undefined || rates === undefined) throw new Error("there are two charts");
    await fees.locator("canvas").waitFor();
    await rates.press("+");
    const [first, last] = CHAIN.map(({ header }) => header.time).filter((_, index) => index === 0 || index === 148);
    const half = await zoomed();
    expect(half.from).toBeGreaterThan((first ?? 0) + 0.2 * ((last ?? 0) - (first ?? 0)));
    expect(half.to).toBeLessThan((last ?? 0) - 0.2 * ((last ?? 0) - (first ?? 0)));
    await page.reload();
    await fees.locator("canvas").waitFor();
    // What was zoomed by one chart holds for another.
    await expect.poll(() => timeUnder(fees, 0.12), { timeout: 20_000 }).toBeGreaterThanOrEqual(half.from - 60);
    await expect.poll(() => timeUnder(fees, 0.97), { timeout: 20_000 }).toBeLessThanOrEqual(half.to + 60);
    const box = await rates.boundingBox();
    if (box === null) throw new Error("the chart is drawn");
    await page.mouse.move(box.x + 0.4 * box.width, box.y + 80);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.7 * box.width, box.y + 80, { steps: 4 });
    await page.mouse.up();
    const narrower = await zoomed(half);
    expect(narrower.from).toBeGreaterThan(half.from);
    expect(narrower.to).toBeLessThan(half.to);
    // And the table tells of that time alone.
    await page.getByRole("button", { name: "Show Fees as a table" }).click();
    const rows = page.getByRole("region", { name: "Fees, as a table" }).getByRole("rowheader");
    const times = (await rows.allInnerTexts()).map((time) => Date.parse(`${time} UTC`) / 1_000);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(narrower.from - 60);
    expect(Math.max(...times)).toBeLessThanOrEqual(narrower.to);
    await page.getByRole("button", { name: "Show Fees as a table" }).click();
    await page.getByRole("button", { name: "Reset the zoom of Fees" }).click();
    await page.waitForURL((url) => !url.searchParams.has("zoom"));
  });

  /** What of the charts the address says is looked at, in seconds, once that is other than `before`. */
  async function zoomed(before?: Zoom): Promise<Zoom> {
    await page.waitForURL(({ searchParams }) => {
      const zoom = searchParams.get("zoom");
      return zoom !== null && zoom !== `${before?.from}-${before?.to}`;
    });
    const [from = 0, to = 0] = (new URL(page.url()).searchParams.get("zoom") ?? "").split("-").map(Number);
    return { from, to };
  }

  /** The time, in seconds, that a chart tells of at a part of its width. */
  async function timeUnder(chart: Locator, part: number): Promise<number> {
    const { width = 0 } = (await chart.boundingBox()) ?? {};
    for (const beside of [3, 0]) await chart.hover({ position: { x: part * width - beside, y: 80 } });
    const told = await chart.getByText(MOMENT).allInnerTexts();
    return Date.parse(told[0] ?? "") / 1_000;
  }

  test("range and steps stand in the address", async () => {
    await open("/dashboard?tab=metrics", "Metrics");
    await page.getByRole("button", { name: "90 days" }).click();
    await page.getByRole("button", { name: "Days", exact: true }).click();
    expect(await arrived("Metrics")).toBe("/dashboard?tab=metrics&range=90d&by=day");
    await page
      .getByText(/^by days, sum of their blocks/)
      .first()
      .waitFor();
    await page.getByRole("link", { name: "Fee rates" }).click();
    expect(await arrived("Median fee rate")).toBe("/series/feerate_p50");
  });

  async function saved(name: string): Promise<string> {
    await page.getByRole("button", { name: "Save Fees" }).click();
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name }).click()]);
    return file.path();
  }
});

describe("blocks", () => {
  test("are sorted by a head, by several with Shift, and lead to each block", async () => {
    await open("/blocks", "Blocks");
    await page.getByRole("button", { name: "Signals" }).click();
    await page.getByRole("button", { name: "Height" }).click({ modifiers: ["Shift"] });
    await page.getByRole("button", { name: "Height" }).click({ modifiers: ["Shift"] });
    expect(await arrived("Blocks")).toBe("/blocks?sort=-signals%2Cheight");
    // The lowest of all, which the newest 144 are without.
    await expect.poll(() => page.getByRole("cell").first().innerText(), { timeout: 20_000 }).toBe("0");
    await page.getByRole("link", { name: "0", exact: true }).click();
    expect(await arrived("Block 0")).toBe("/blocks/0");
    await page.getByRole("navigation", { name: "Neighbouring blocks" }).getByRole("link").first().click();
    expect(await arrived("Block 1")).toBe("/blocks/1");
  });

  test("one that is not stored is said to be none", async () => {
    await page.goto(`${api.url}/blocks/99999`);
    await page.getByText("no block 99999 is stored").waitFor();
    expect(complaints.splice(0)).toEqual([expect.stringContaining("404")]);
  });
});

test("an insight that there is not, or can not be, is said to be none, and leads back to those that there are", async () => {
  for (const id of ["0".repeat(32), "unknown"]) {
    await page.goto(`${api.url}/insights/${id}`);
    expect(await arrived("There is no such insight")).toBe(`/insights/${id}`);
    for (const complaint of complaints.splice(0)) expect(complaint).toMatch(/status of 40[04]/);
  }
  await page.getByRole("link", { name: "All insights" }).click();
  expect(new URL(page.url()).pathname).toBe("/dashboard");
});

test("an insight is opened, rated, flagged and left again by keys alone", async () => {
  await open("/dashboard", "Insights");
  await page.getByRole("article").first().waitFor();
  await tabTo(TOLD?.headline ?? "");
  await page.keyboard.press("Enter");
  expect(await arrived(TOLD?.headline ?? "")).toBe(`/insights/${TOLD?.id}`);
  await tabTo(/^4 of 5 stars/);
  await page.keyboard.press("Enter");
  await page.getByText("4.0 of 1 rating").first().waitFor();
  await tabTo(/^Flag (this|again)/);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "What is wrong with this insight?" });
  await dialog.waitFor();
  // Tab stays within the dialog, and Escape gives the focus back to what opened it.
  for (let times = 0; times < 10; times++) await page.keyboard.press("Tab");
  expect(
    await page.evaluate(
      "document.querySelector('dialog[open]').contains(document.activeElement) || document.activeElement === document.body",
    ),
  ).toBe(true);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  expect(await focusedName()).toMatch(/^Flag (this|again)/);
  await tabTo(/^All insights$/);
  await page.keyboard.press("Enter");
  expect(await arrived("Insights")).toBe("/dashboard");
});

/** What has the focus, by its label or its text. */
async function focusedName(): Promise<string> {
  return page.evaluate(
    "(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '').trim()",
  );
}

/** Presses Tab until something of that name has the focus. */
async function tabTo(name: RegExp | string): Promise<void> {
  for (let times = 0; times < 90; times++) {
    await page.keyboard.press("Tab");
    const focused = await focusedName();
    if (typeof name === "string" ? focused === name : name.test(focused)) return;
  }
  throw new Error(`Tab does not lead to ${name}`);
}

test("a new block comes into what is shown by itself", async () => {
  await open("/blocks", "Blocks");
  await page.getByText("Live", { exact: true }).waitFor();
  await saveBlocks(db, [{ ...storedBlock(149), insights: [] }]);
  await page.getByRole("link", { name: "149", exact: true }).waitFor();
  expect(await page.getByRole("cell").first().innerText()).toBe("149");
});

/** A block whose insight claims something, and the next one, by which it came true. */
function claimedAt(height: number): { readonly claimed: BlockToSave; readonly deciding: BlockToSave } {
  const [block, next] = [storedBlock(height), storedBlock(height + 1)];
  const [insight] = block.insights;
  const [signal] = block.signals;
  if (insight === undefined || signal === undefined) throw new Error("a stored block has an insight of its signal");
  const claim = { text: "More follows.", decidedAtHeight: height + 1, learntFrom: null, outcomes: null };
  const { hash: blockHash, time } = block.header;
  const statement = { type: "claim", text: claim.text, probability: null, score: 0, signal } as const;
  const place = { height, blockHash, time, dueHeight: height + 1, live: true };
  const prediction = { id: "5".repeat(32), kind: signal.kind, subject: null, calibration: null, ...place, statement };
  const score = { brier: null, intervals: [] };
  const resolved = [{ prediction, outcome: { type: "claim", came: true } as const, score }];
  return {
    claimed: {
      ...block,
      insights: [{ ...insight, evidence: { ...insight.evidence, claim } }],
      predictions: { resolved: [], made: [prediction] },
    },
    deciding: { ...next, insights: [], predictions: { resolved, made: [] } },
  };
}

test("a message leads to a new insight, whose stars and outcome the feed shows as well, and a reorg strikes it in both", async () => {
  const feed = await page.context().newPage();
  await feed.goto(`${api.url}/dashboard`);
  await feed.getByText("Live", { exact: true }).waitFor();
  await open("/blocks", "Blocks");
  await page.getByText("Live", { exact: true }).waitFor();
  const { claimed, deciding } = claimedAt(150);
  const [insight] = claimed.insights;
  await saveBlocks(db, [claimed]);
  const message = page.getByRole("region", { name: "New insights" });
  await message.getByRole("link", { name: insight?.headline ?? "" }).click();
  expect(await arrived(insight?.headline ?? "")).toBe(`/insights/${insight?.id}`);
  await message.waitFor({ state: "hidden" });
  await page.setViewportSize({ width: 390, height: 844 });
  for (const name of ["Blocks", "Transactions", "Measured"]) {
    const table = page.getByRole("region", { name, exact: true });
    expect(await table.evaluate((element) => element.scrollWidth - element.clientWidth), name).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("button", { name: "5 of 5 stars" }).click();
  await page.getByText("5.0 of 1 rating").waitFor();
  const card = feed.getByRole("article").filter({ has: feed.locator(`a[href="/insights/${insight?.id}"]`) });
  await card.getByText("5.0 of 1 rating").waitFor();
  await page.getByText("Open: decided by block 151 at the latest.").waitFor();
  await saveBlocks(db, [deciding]);
  await page.getByText("It came true, by block 151.").waitFor();
  await card.getByText("The claim came true, decided by block 151").waitFor({ state: "attached" });
  const branch = [
    storedBlock(150, { branch: "rival", parent: "main" }),
    storedBlock(151, { branch: "rival" }),
  ] as const;
  await saveBlocks(
    db,
    branch.map((rival) => ({ ...rival, insights: [] })),
    [deciding.header, claimed.header],
  );
  await card.getByText(/^Retracted: /).waitFor();
  await page.getByText(/^Retracted: /).waitFor();
  // Which is what its headline is struck through by.
  expect(await card.getAttribute("data-status")).toBe("retracted");
  await feed.close();
});

test("what is loaded first is at most 200 KB of JavaScript, compressed", () => {
  const html = readFileSync(`${WEB}/index.html`, "utf8");
  const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? "");
  expect(scripts.length).toBeGreaterThan(0);
  const bytes = scripts.map((path) => gzipSync(readFileSync(`${WEB}${path}`)).length);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(200 * 1024);
});

describe("accounts", () => {
  const PASSWORD = "correct horse battery";

  test("the operator makes the first administrator, who finds a key, people and the log, and signs out", async () => {
    await page.goto(`${api.url}/operator?code=${createOperatorCode(secrets.instanceKey, Date.now() / 1_000)}`);
    await page.getByLabel("Operator: menu").click();
    await page.getByRole("link", { name: "Make an administrator’s account" }).click();
    await page.getByLabel("Name").fill("Ada Lovelace");
    await page.getByLabel("E-mail address").fill("ada@example.org");
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByRole("button", { name: "Make the account" }).click();
    expect(await arrived("Your account")).toBe("/account");
    await page.getByLabel("What it is for").fill("a script");
    const making = page.locator("form").filter({ hasText: "Make a key" });
    await making.getByLabel("Present password").fill(PASSWORD);
    await page.getByRole("button", { name: "Make a key" }).click();
    const key = /utxoiq_\S+/.exec(await page.getByText("This is told once").innerText())?.[0];
    const asked = await fetch(`${api.url}/api/v1/insights`, { headers: { authorization: `Bearer ${key}` } });
    expect(asked.status).toBe(200);
    const codes = page.getByRole("region", { name: "Codes beside the password" });
    await codes.getByLabel("Present password").fill(PASSWORD);
    await codes.getByRole("button", { name: "Set up codes" }).click();
    await codes.getByRole("img", { name: "For your app for codes" }).waitFor();
    expect(await codes.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").count()).toBe(10);
    await page.getByLabel("Ada Lovelace: menu").click();
    await page.getByRole("link", { name: "Administration" }).click();
    await page.getByRole("list", { name: "Audit log" }).getByText("account.create-admin").waitFor();
    expect(await page.getByRole("list", { name: "People" }).innerText()).toContain("ada@example.org");
    await page.getByLabel("Ada Lovelace: menu").click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("link", { name: "Sign in" }).waitFor();
  });

  test("whoever signs in comes back to where they were", async () => {
    await open("/blocks/147", "Block 147");
    await page.getByRole("link", { name: "Sign in" }).click();
    await page.getByLabel("E-mail address").fill("ada@example.org");
    await page.getByLabel("Password").fill("not the password");
    const signIn = page.getByRole("button", { name: "Sign in", exact: true });
    await signIn.click();
    await page.getByRole("alert").getByText("is not right").waitFor();
    expect(complaints.splice(0)).toEqual([expect.stringContaining("401")]);
    await page.getByLabel("Password").fill(PASSWORD);
    await signIn.click();
    expect(await arrived("Block 147")).toBe("/blocks/147");
    for (const path of ["/account", "/administration", "/moderation"]) {
      await page.goto(`${api.url}${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      for (const width of [320, 390, 440, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        // A tip as old as one seldom is, beside the initials of who is signed in.
        await page.evaluate(
          'for (const age of document.querySelectorAll("header [class*=age]")) age.textContent = "1 h 12 min"',
        );
        const over = () => page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        await expect.poll(over, { message: `${path} at ${width} px`, timeout: 20_000 }).toBeLessThanOrEqual(0);
      }
      // Rows of a table are alike, and a thousand cells take their time.
      const { violations } = await new AxeBuilder({ page }).exclude("tbody tr:nth-child(n + 12)").analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
      ).toEqual([]);
    }
  });

  test("whoever may moderate hides a comment with the reason, and shows it again", async () => {
    const insight = storedBlock(148).insights[0];
    const path = `${api.url}/api/v1/feedback/insights/${insight?.id}`;
    expect((await page.request.post(`${path}/comment`, { data: { text: "Nonsense" } })).status()).toBe(201);
    const flag = { reason: "inaccurate", details: "Not so large" };
    expect((await page.request.post(`${path}/flag`, { data: flag })).status()).toBe(200);
    await open("/blocks/147", "Block 147");
    await page.getByLabel("Ada Lovelace: menu").click();
    await page.getByRole("link", { name: "Moderation" }).click();
    expect(await arrived("Moderation")).toBe("/moderation");
    const comment = page.getByRole("list", { name: "Comments" }).getByRole("listitem").filter({ hasText: "Nonsense" });
    await comment.getByRole("link", { name: insight?.headline ?? "" }).waitFor();
    await comment.getByRole("textbox").fill("rude");
    await comment.getByRole("button", { name: "Hide" }).click();
    await comment.getByText("hidden: rude").waitFor();
    await comment.getByRole("button", { name: "Show again" }).click();
    await comment.getByRole("textbox").waitFor();
    await page.getByRole("list", { name: "Flags" }).getByText("Not so large").waitFor();
  });

  test("numbers and times are written in the way that one's account says, at once and after a reload", async () => {
    await open("/account", "Your account");
    await page.getByLabel("Language").selectOption("de-DE");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    const found = new Intl.DateTimeFormat("de-DE", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });
    const time = page.getByText(`${found.format(storedBlock(147).header.time * 1_000)} UTC`).first();
    await page.getByRole("link", { name: "Blocks", exact: true }).first().click();
    await page.getByRole("link", { name: "147", exact: true }).click();
    await time.waitFor();
    await page.reload();
    await time.waitFor();
    expect(await page.getByText(/\d,\d+ BTC/).count()).toBeGreaterThan(0);
  });
});

test("a browser in German shows numbers and times as one reads them there", async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "de-DE" });
  const german = await context.newPage();
  await german.goto(`${api.url}/blocks/148`);
  const time = new Intl.DateTimeFormat("de-DE", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });
  await german
    .getByText(`${time.format(TIP.time * 1_000)} UTC`)
    .first()
    .waitFor();
  expect(await german.getByText(/\d,\d+ BTC/).count()).toBeGreaterThan(0);
  await context.close();
});

test("the chart of an insight is drawn with its event marked, and is the server's picture where its numbers cannot be read", async () => {
  await open(`/insights/${TOLD?.id}`, TOLD?.headline ?? "");
  const drawn = page.getByRole("group", { name: /, drawn/ }).first();
  await drawn.locator("canvas").waitFor();
  await page.getByRole("button", { name: /^Show .* as a table$/ }).click();
  const table = page.getByRole("region", { name: /, as a table$/ });
  expect(await table.getByRole("columnheader").last().innerText()).toBe("Block 148");
  await page.route("**/chart", (route) => route.fulfill({ status: 404, json: {} }));
  await open(`/insights/${TOLD?.id}`, TOLD?.headline ?? "");
  await page.getByRole("img", { name: /with block 148 marked/ }).waitFor();
  await page.unroute("**/chart");
  expect(complaints.splice(0)).toEqual([expect.stringContaining("404")]);
});

test("what no number of a block shows has the pace of blocks in the place of its chart, or says why there is none", async () => {
  const tip = await getTip(db);
  const block = storedBlock((tip?.height ?? 0) + 1);
  const [insight] = block.insights;
  if (tip === undefined || insight === undefined) throw new Error("blocks with insights are stored");
  const [pace, tag] = ["a".repeat(32), "b".repeat(32)];
  const insights = [
    { ...insight, id: pace, kind: "hash-rate" },
    { ...insight, id: tag, kind: "pool-tag-mismatch" },
  ] as const;
  await saveBlocks(db, [{ ...block, header: { ...block.header, prevHash: tip.hash }, insights }]);
  await page.goto(`${api.url}/insights/${pace}`);
  await page.getByRole("group", { name: "Time between blocks, drawn" }).locator("canvas").waitFor();
  await page.goto(`${api.url}/insights/${tag}`);
  await page.getByRole("heading", { name: "Why there is no chart" }).waitFor();
  expect(await page.getByRole("table", { name: "Blocks" }).getByRole("row").count()).toBe(2);
  // How settled it is stands there also once something was said of its claim.
  await query(
    db,
    `INSERT INTO insight_statuses (insight_id, block_hash, status, reason, event_id)
     SELECT insight_id, block_hash, status, 'By block 3 its claim came true.', event_id + 1000 FROM insight_statuses
     WHERE insight_id = '${tag}'`,
  );
  await page.reload();
  await page.getByText("By block 3 its claim came true.").waitFor();
  await page.getByText("Block young", { exact: true }).first().waitFor();
});

describe("whoever loads a page again goes on reading where they were", () => {
  const CARDS = 80;
  let first = 0;

  beforeAll(async () => {
    const tip = await getTip(db);
    if (tip === undefined) throw new Error("blocks are stored");
    first = tip.height + 1;
    const next = storedBlock(first);
    const header = { ...next.header, prevHash: tip.hash };
    await saveBlocks(db, [{ ...next, header }, ...storedChain(CARDS - 1, first + 1)]);
    while ((await explore.refreshRollups(db)) > 0);
  });

  type Card = { readonly id: string; readonly top: number };

  /** The card that stands first below the header. */
  async function readCard(): Promise<Card> {
    const cards = await page.evaluate<(Card & { readonly bottom: number })[]>(
      "[...document.querySelectorAll('[data-place]')].map((card) => { const { top, bottom } = card.getBoundingClientRect(); return { id: card.dataset.place, top, bottom }; })",
    );
    const [read] = cards.filter(({ bottom }) => bottom > 64).toSorted((left, right) => left.top - right.top);
    return { id: read?.id ?? "", top: Math.round(read?.top ?? 0) };
  }

  test("in the feed: the same card at the same height, though new ones came meanwhile", async () => {
    await open("/dashboard", "Insights");
    await page.getByRole("article").first().waitFor();
    const far = storedBlock(first + 35).insights[0]?.id ?? "";
    // Earlier ones are fetched while somebody scrolls.
    const scrolled = async (): Promise<number> => {
      await page.mouse.wheel(0, 1_000);
      return page.locator(`[data-place="${far}"]`).count();
    };
    await expect.poll(scrolled, { timeout: 20_000 }).toBe(1);
    await page.waitForTimeout(500);
    const before = await readCard();
    await saveBlocks(db, storedChain(2, first + CARDS));
    await page.reload();
    // A pixel is lost where heights are rounded.
    const isThere = async (): Promise<boolean> => {
      const { id, top } = await readCard();
      return id === before.id && Math.abs(top - before.top) <= 1;
    };
    await expect.poll(isThere, { timeout: 20_000 }).toBe(true);
    await page.waitForTimeout(1_500);
    expect(await isThere(), "and it stays there").toBe(true);
    // And the same where somebody comes back from an insight that they looked at.
    // Pressed where it stands: a pointer would have it scrolled into sight first.
    await page.locator(`[data-place="${before.id}"] h2 a`).dispatchEvent("click");
    await page.getByRole("link", { name: "All insights" }).waitFor();
    await page.goBack();
    await page.getByRole("article").first().waitFor();
    await expect.poll(isThere, { timeout: 20_000 }).toBe(true);
  });

  test("on a page of charts: as far down as before", async () => {
    await open("/dashboard?tab=metrics&range=7d", "Metrics");
    await page.getByRole("heading", { name: "Transactions", exact: true }).scrollIntoViewIfNeeded();
    await page.waitForTimeout(500);
    const before = await page.evaluate<number>("scrollY");
    expect(before).toBeGreaterThan(500);
    await page.reload();
    await expect.poll(() => page.evaluate<number>("scrollY"), { timeout: 20_000 }).toBe(before);
  });
});

test("the API reference tells of each route, opens one, and is read at the width of a phone", async () => {
  await page.goto(`${api.url}/reference`);
  await page.getByRole("heading", { level: 1, name: "API reference" }).waitFor();
  const { paths } = (await (await fetch(`${api.url}/api/v1/openapi.json`)).json()) as { paths: object };
  expect(await page.locator("summary code").allInnerTexts()).toEqual(
    expect.arrayContaining(Object.keys(paths).map((path) => expect.stringContaining(path))),
  );
  const route = page.locator("details", { hasText: "/api/v1/fees/recommended" }).first();
  expect(await route.locator("table").first().isVisible()).toBe(false);
  await route.locator("summary").click();
  await route.locator("table").first().waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).toBe(0);
  // What comes after is of the same form, and takes axe half a minute.
  await page.evaluate("document.querySelectorAll('details:nth-of-type(n + 12)').forEach((one) => one.remove())");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await faults(), colorScheme).toEqual([]);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
});

test("no page complained of anything", () => {
  expect(complaints).toEqual([]);
});
