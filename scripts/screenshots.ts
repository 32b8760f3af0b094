/**
 * Takes the pictures of the README from the running program:
 * `node scripts/screenshots.ts [--url http://127.0.0.1:3000] [--out docs/images]`.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launchBrowser } from "../test/helpers/browser.ts";

const FEED = { path: "/dashboard", shown: "article" } as const;

const VIEWS = [
  { ...FEED, name: "dashboard-light", width: 1440, height: 900, colorScheme: "light" },
  { ...FEED, name: "dashboard-dark", width: 1440, height: 900, colorScheme: "dark" },
  { ...FEED, name: "dashboard-phone", width: 390, height: 844, colorScheme: "light" },
  {
    path: "/dashboard?tab=metrics",
    shown: "canvas",
    name: "metrics-light",
    width: 1440,
    height: 900,
    colorScheme: "light",
  },
] as const;

/** From the last chart on to its being drawn. */
const DRAWN_AFTER_MS = 2_000;

const { values } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:3000" },
    out: { type: "string", default: "docs/images" },
  },
});

mkdirSync(values.out, { recursive: true });
const browser = await launchBrowser();
for (const { path, shown, name, width, height, colorScheme } of VIEWS) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
  await page.goto(`${values.url}${path}`);
  await page.locator(shown).first().waitFor();
  await page.getByText("Live", { exact: true }).first().waitFor();
  // The table of blocks fills with the first block that is found while the program runs.
  if (path === FEED.path) await page.getByRole("cell").first().waitFor();
  else await page.waitForTimeout(DRAWN_AFTER_MS);
  await page.screenshot({ path: join(values.out, `${name}.png`) });
  await page.close();
}
await browser.close();
