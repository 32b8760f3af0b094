import { expect, test } from "vitest";
import { createLogger } from "#lib";
import { explore, saveBlocks } from "#store";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { storedChain } from "../../../test/helpers/stored-blocks.ts";
import { keepRollups } from "./keep-rollups.ts";

test("hours and days wait while history is read, and are there soon after", async () => {
  const { db } = await openTestDatabase();
  const stop = new AbortController();
  let catchingUp = true;
  const logger = createLogger(undefined, "silent");
  const keeping = keepRollups({ db, logger, isCatchingUp: () => catchingUp, signal: stop.signal });
  await saveBlocks(db, storedChain(30));
  const waiting = await explore.countStale(db);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(await explore.countStale(db)).toBe(waiting);
  catchingUp = false;
  await expect.poll(() => explore.countStale(db), { timeout: 10_000 }).toBe(0);
  stop.abort();
  await keeping;
});
