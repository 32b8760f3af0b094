import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import type { CDPSession } from "playwright-core";
import type { MonitoringStatus } from "#contract";
import { launchBrowser } from "../../test/helpers/browser.ts";
import { makeDataDirectory, startProgram } from "../running-program.ts";

/** Ten hours at a block every ten seconds, as a simulated network has them by itself. */
const BLOCKS = 3_600;
/** Ten of them a second. */
const PACE = 6_000;
const LOOK_AGAIN_MS = 1_000;

type Stayed = { readonly openBlocks: number; readonly heapGrowthMb: number; readonly nodeGrowth: number };

/** A page that stays open while blocks and insights come: what its memory has grown by, once what can go is gone. */
export async function stayOpen(): Promise<Stayed> {
  const data = makeDataDirectory();
  const program = await startProgram(data, ["--pace", String(PACE)]);
  const browser = await launchBrowser();
  try {
    await program.shows("Ready");
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${program.url}/dashboard`);
    await page.getByRole("article").first().waitFor();
    const devtools = await page.context().newCDPSession(page);
    const first = await heightOf(program.url);
    // What any page takes up in its first minute is no growth.
    await untilHeight(program.url, first + BLOCKS / 10);
    const before = await weigh(devtools);
    const from = await heightOf(program.url);
    await untilHeight(program.url, from + BLOCKS);
    const after = await weigh(devtools);
    const openBlocks = (await heightOf(program.url)) - from;
    assert.equal(await page.getByText("Live", { exact: true }).count(), 1, "the page is still live");
    const heapGrowthMb = Math.round((after.bytes - before.bytes) / 1e5) / 10;
    const nodeGrowth = after.nodes - before.nodes;
    console.log(
      `open for ${openBlocks} blocks: the heap has grown by ${heapGrowthMb} MB, the page by ${nodeGrowth} nodes`,
    );
    return { openBlocks, heapGrowthMb, nodeGrowth };
  } finally {
    await browser.close();
    await program.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function weigh(devtools: CDPSession): Promise<{ readonly bytes: number; readonly nodes: number }> {
  await devtools.send("HeapProfiler.enable");
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  const { nodes } = await devtools.send("Memory.getDOMCounters");
  return { bytes: usedSize, nodes };
}

async function untilHeight(url: string, height: number): Promise<void> {
  while ((await heightOf(url)) < height) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
}

async function heightOf(url: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/monitoring/status`);
  return ((await response.json()) as MonitoringStatus).tip?.height ?? 0;
}
