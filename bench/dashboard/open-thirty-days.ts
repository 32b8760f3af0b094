import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { medianOf } from "../median-of.ts";

const RUNS = 5;
const BLOCKS = 4_320;

/** In the page: from the press to the moment at which the first chart, drawn anew, tells of the blocks under the pointer. */
const UNTIL_ANSWERED = `new Promise((resolve, reject) => {
  const begun = performance.now();
  const chart = document.querySelector("main section[aria-labelledby]:has(canvas)");
  const before = chart.querySelector("canvas");
  const isTold = () => [...chart.querySelectorAll("div")].some((div) => /^\\d+ \\w+ \\d{4}, \\d\\d:\\d\\d UTC/.test(div.innerText ?? ""));
  const look = () => {
    const canvas = chart.querySelector("canvas");
    if (canvas !== null && canvas !== before) {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      const at = { clientX: left + width / 2 + Math.random() * 20, clientY: top + height / 2, bubbles: true };
      for (const type of ["pointermove", "mousemove"]) canvas.dispatchEvent(new MouseEvent(type, at));
      if (isTold()) return resolve(performance.now() - begun);
    }
    if (performance.now() - begun > 20_000) return reject(new Error("no chart answered the pointer"));
    requestAnimationFrame(look);
  };
  [...document.querySelectorAll("button")].find(({ innerText }) => innerText === "Blocks").click();
  look();
})`;

/**
 * From the press on "Blocks" to the moment at which the chart of three fee rates over 30 days, a point for each block,
 * answers the pointer. All other charts of the page ask for their blocks in the same moment.
 */
export async function openThirtyDays(browser: Browser, url: string): Promise<{ readonly chartMs: number }> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
    const page = await context.newPage();
    const points = countPoints(page);
    await page.goto(`${url}/dashboard?tab=metrics`);
    await page.locator("canvas").first().waitFor();
    times.push(await page.evaluate<number>(UNTIL_ANSWERED));
    assert.ok((await points) >= BLOCKS - 1, `the chart has ${await points} blocks`);
    await context.close();
  }
  const chartMs = Math.round(medianOf(times));
  console.log(`30 days block by block, 3 lines: ${chartMs} ms until the pointer is answered, median of ${RUNS}`);
  return { chartMs };
}

/** How many points the server gave of the middle line. */
async function countPoints(page: Page): Promise<number> {
  const response = await page.waitForResponse((one) => /feerate_p50.*resolution=block/.test(one.url()));
  return ((await response.json()) as { readonly points: readonly unknown[] }).points.length;
}
