import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { type FrameCosts, readFrames } from "./read-frames.ts";

const INSIGHTS = 10_000;
const SECONDS = 10;
const STEP_PX = 120;
/** A wheel or a finger tells of itself about as often. */
const EVERY_MS = 16;
const CATEGORIES = [
  "devtools.timeline",
  "disabled-by-default-devtools.timeline",
  "disabled-by-default-devtools.timeline.frame",
  "toplevel",
];

type Scrolled = { readonly feedInsights: number; readonly longestTaskMs: number; readonly frameP95Ms: number };

/** Through a list that was loaded to its end: the longest task, and what script and layout take of a frame. */
export async function scrollFeed(browser: Browser, url: string): Promise<Scrolled> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${url}/dashboard`);
  await page.getByRole("article").first().waitFor();
  const feedInsights = await loadAll(page);
  assert.ok(feedInsights >= INSIGHTS, `the list has ${feedInsights} insights`);
  await page.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)");
  await page.waitForTimeout(1_000);
  await browser.startTracing(page, { categories: CATEGORIES });
  await scroll(page);
  const { longestTaskMs, frameP95Ms, frames }: FrameCosts = readFrames(await browser.stopTracing());
  assert.ok(frames > SECONDS * 10, `${frames} frames in ${SECONDS} s are too few to judge`);
  await page.close();
  console.log(
    `${feedInsights.toLocaleString("en")} insights scrolled: longest task ${longestTaskMs} ms, script and layout ${frameP95Ms} ms in 95 of 100 of ${frames} frames`,
  );
  return { feedInsights, longestTaskMs, frameP95Ms };
}

/** Down to the last, as long as more come. */
async function loadAll(page: Page): Promise<number> {
  for (;;) {
    await page.evaluate("window.scrollTo(0, document.body.scrollHeight)");
    const last = page.getByRole("article").last();
    const size = Number(await last.getAttribute("aria-setsize"));
    if (size > 0) return size;
    await page.waitForTimeout(EVERY_MS);
  }
}

async function scroll(page: Page): Promise<void> {
  await page.mouse.move(400, 500);
  const end = performance.now() + SECONDS * 1_000;
  for (let down = true; performance.now() < end;) {
    await page.mouse.wheel(0, down ? STEP_PX : -STEP_PX);
    await page.waitForTimeout(EVERY_MS);
    if (performance.now() > end - (SECONDS * 1_000) / 2) down = false;
  }
}
