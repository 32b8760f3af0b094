import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningApi, startApi } from "#api";
import { createLogger } from "#lib";
import { claimChain, saveBlocks } from "#store";
import { launchBrowser } from "./helpers/browser.ts";
import { openTestDatabase } from "./helpers/database.ts";
import { storedChain } from "./helpers/stored-blocks.ts";

/** Every page in a real browser over a small stored chain: what holds for all of them, page by page. */
const ROOT = fileURLToPath(new URL("../", import.meta.url));
const WEB = mkdtempSync(join(tmpdir(), "utxoiq-pages-"));
const PAGES = [
  { path: "/dashboard", heading: "Insights" },
  { path: "/dashboard?tab=status", heading: "System status" },
  { path: "/scorecard", heading: "Scorecard" },
] as const;

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
  await saveBlocks(db, storedChain(9));
  const logger = createLogger(undefined, "silent");
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: WEB });
  browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  context.setDefaultTimeout(8_000);
  page = await context.newPage();
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

/** Where the reader has come to, once the page is there. */
async function arrived(heading: string): Promise<string> {
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  const { pathname, search } = new URL(page.url());
  return `${pathname}${search}`;
}

async function open(path: string, heading: string): Promise<void> {
  await page.goto(`${api.url}${path}`);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

describe.each(PAGES)("$path", ({ path, heading }) => {
  test("opens at its address, and is called what it is", async () => {
    await open(path, heading);
    expect(await page.title()).toContain(`${heading} · utxoIQ`);
  });

  test("does not scroll sideways at 320, 390, 768 and 1440 pixels", async () => {
    for (const width of [320, 390, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const over = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
      expect(over, `${width} px`).toBeLessThanOrEqual(0);
    }
  });
});

// The feed is looked at full of cards in test/e2e/main-job.test.ts, which takes its time.
test.each(PAGES.filter(({ path }) => path !== "/dashboard"))(
  "$path has no accessibility fault, in light and dark",
  async ({ path, heading }) => {
    await open(path, heading);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
        colorScheme,
      ).toEqual([]);
    }
  },
);

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

  test("an address that is none says so", async () => {
    await open("/dashboard", "Insights");
    await page.evaluate("history.pushState(null, '', '/nowhere'); dispatchEvent(new PopStateEvent('popstate'))");
    expect(await arrived("There is no such page")).toBe("/nowhere");
  });
});

test("what is loaded first is at most 200 KB of JavaScript, compressed", () => {
  const html = readFileSync(`${WEB}/index.html`, "utf8");
  const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? "");
  expect(scripts.length).toBeGreaterThan(0);
  const bytes = scripts.map((path) => gzipSync(readFileSync(`${WEB}${path}`)).length);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(200 * 1024);
});

test("no page complained of anything", () => {
  expect(complaints).toEqual([]);
});
