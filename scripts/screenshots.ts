/**
 * Takes the pictures of the README from the running program:
 * `node scripts/screenshots.ts [--url http://127.0.0.1:3000/dashboard] [--out docs/images]`.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launchBrowser } from "../test/helpers/browser.ts";

const VIEWS = [
  { name: "dashboard-light", width: 1440, height: 900, colorScheme: "light" },
  { name: "dashboard-dark", width: 1440, height: 900, colorScheme: "dark" },
  { name: "dashboard-phone", width: 390, height: 844, colorScheme: "light" },
] as const;

const { values } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:3000/dashboard" },
    out: { type: "string", default: "docs/images" },
  },
});

mkdirSync(values.out, { recursive: true });
const browser = await launchBrowser();
for (const { name, width, height, colorScheme } of VIEWS) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
  await page.goto(values.url);
  await page.getByRole("article").first().waitFor();
  await page.getByText("Live", { exact: true }).first().waitFor();
  // The table of blocks fills with the first block that is found while the program runs.
  await page.getByRole("cell").first().waitFor();
  await page.screenshot({ path: join(values.out, `${name}.png`) });
  await page.close();
}
await browser.close();
