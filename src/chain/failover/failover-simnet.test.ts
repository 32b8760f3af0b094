import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { AppError } from "#lib";
import type { BlockRef, ChainEvent, FollowableSource } from "../chain-source.ts";
import { openSimnet, type StagedRecord } from "../simnet/index.ts";
import { openFailover } from "./index.ts";

const SEED = 46;
type Staged = Awaited<ReturnType<StagedRecord["list"]>>[number];

test("an event that was staged on one source is on the chain with which the next goes on", async () => {
  const folder = await mkdtemp(join(tmpdir(), "utxoiq-failover-simnet-"));
  const kept: Staged[] = [];
  const record: StagedRecord = { list: async () => [...kept], append: async (event) => void kept.push(event) };
  let wallMs = 0;
  const sleep = async (durationMs: number): Promise<void> => {
    wallMs += durationMs;
    await nextTurn();
  };
  const open = (snapshotDir: string): Promise<FollowableSource> =>
    openSimnet({ seed: SEED, paceFactor: 60, historyBlocks: 5, snapshotDir, record, clock: () => wallMs, sleep });
  let broken = false;
  const breaking = async (): Promise<FollowableSource> => {
    const source = await open(join(folder, "first"));
    return {
      ...source,
      follow: async function* (held, signal) {
        for await (const event of source.follow(held, signal)) {
          if (broken) throw new AppError("TEST_BROKEN", "it is broken", { retryable: true });
          yield event;
        }
      },
    };
  };
  const candidates = [
    { name: "first", open: breaking },
    { name: "second", open: () => open(join(folder, "second")) },
  ];
  const failover = await openFailover(candidates, { finality: 10, checkEveryMs: 60_000 });
  const stop = new AbortController();
  const seen: BlockRef[] = [];
  for await (const { type, block } of failover.follow([], stop.signal)) {
    // No branches race on these blocks.
    expect(type).toBe("connect");
    seen.push({ height: block.height, hash: block.hash });
    if (block.height === 8) {
      await failover.stageEvent?.({ kind: "inflow-spike", entity: "Varnost Exchange", size: 5_000, blocks: 3 });
    }
    if (block.height === 10) broken = true;
    if (block.height === 30) stop.abort();
  }
  expect(failover.health().reason).toContain("second of 2");
  await failover.close();
  expect(kept).toMatchObject([{ kind: "inflow-spike" }]);
  const whole = await chainOf(await open(join(folder, "whole")), 30);
  expect(seen).toEqual(whole);
  kept.length = 0;
  expect(await chainOf(await open(join(folder, "without")), 30)).not.toEqual(whole);
  await rm(folder, { recursive: true });
});

async function chainOf(source: FollowableSource, height: number): Promise<BlockRef[]> {
  const stop = new AbortController();
  const events: ChainEvent[] = [];
  for await (const event of source.follow([], stop.signal)) {
    events.push(event);
    if (event.block.height === height) stop.abort();
  }
  return events.map(({ block }) => ({ height: block.height, hash: block.hash }));
}
