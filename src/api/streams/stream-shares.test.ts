import { expect, test } from "vitest";
import { createLogger } from "#lib";
import { openTestDatabase, query } from "../../../test/helpers/database.ts";
import { StreamShares } from "./stream-shares.ts";

const { db } = await openTestDatabase();
const logger = createLogger(undefined, "silent");
const sharesOf = (most: number) => new StreamShares({ db, logger, most });

/** How many of so many at once got one. */
async function takeAll(all: readonly StreamShares[], each: number, network: string): Promise<number> {
  const asked = all.flatMap((one) => Array.from({ length: each }, () => one.take(network)));
  return (await Promise.all(asked)).filter(Boolean).length;
}

test("processes together open as many streams of a network as one may have, and other networks have their own", async () => {
  const [one, two] = [sharesOf(25), sharesOf(25)];
  expect(await takeAll([one, two], 20, "192.0.2.1")).toBe(25);
  expect(await takeAll([one], 20, "192.0.2.2")).toBe(20);
  await Promise.all([one.stop(), two.stop()]);
});

test("what is given back can be taken again, by the same process at once and by others when it stops", async () => {
  const [one, two] = [sharesOf(10), sharesOf(10)];
  expect(await takeAll([one], 10, "192.0.2.3")).toBe(10);
  expect(await one.take("192.0.2.3")).toBe(false);
  one.give("192.0.2.3");
  expect(await one.take("192.0.2.3")).toBe(true);
  expect(await two.take("192.0.2.3")).toBe(false);
  await one.stop();
  expect(await two.take("192.0.2.3")).toBe(true);
  await two.stop();
  expect(await query(db, "SELECT 1 FROM stream_shares")).toEqual([]);
});

test("a process that has died keeps nothing", async () => {
  const [dead, other] = [sharesOf(10), sharesOf(10)];
  expect(await takeAll([dead], 10, "192.0.2.4")).toBe(10);
  await query(db, "UPDATE stream_shares SET seen_at = seen_at - interval '31 seconds'");
  expect(await takeAll([other], 12, "192.0.2.4")).toBe(10);
  await Promise.all([dead.stop(), other.stop()]);
});
