/**
 * What the dashboard costs a browser: 10,000 insights scrolled through, a chart of 30 days block by block, and as many
 * blocks and their insights as a simulated network brings in ten hours. The first two over rows that were multiplied from
 * one block, the third over the whole program at a pace that needs six minutes for it.
 */
import { createLogger } from "#lib";
import { startApi } from "#api";
import { launchBrowser } from "../test/helpers/browser.ts";
import { fillStore } from "../test/helpers/large-store/fill-store.ts";
import { openThirtyDays } from "./dashboard/open-thirty-days.ts";
import { scrollFeed } from "./dashboard/scroll-feed.ts";
import { stayOpen } from "./dashboard/stay-open.ts";
import { withDatabase } from "./embedded-database.ts";
import { buildWeb, WEB_ROOT } from "./running-program.ts";

/** Of every fourth block there is an insight. */
const SIZE = {
  blocks: 40_000,
  flowsPerBlock: 5,
  interval: 600,
  metrics: 100,
  hourDays: 60,
  days: 1,
  sampleSeconds: 60,
  predicted: 200,
};

export async function run(): Promise<Record<string, unknown>> {
  buildWeb();
  const large = await withDatabase(async (db, connection) => {
    await fillStore(db, SIZE);
    const logger = createLogger(undefined, "silent");
    const api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: WEB_ROOT });
    const browser = await launchBrowser();
    try {
      return { ...(await openThirtyDays(browser, api.url)), ...(await scrollFeed(browser, api.url)) };
    } finally {
      await browser.close();
      await api.stop();
    }
  });
  return { ...large, ...(await stayOpen()) };
}
