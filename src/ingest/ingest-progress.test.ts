import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NETWORKS } from "#bitcoin";
import type { BlockSetSource, FollowableSource } from "#chain";
import { IngestProgress } from "./ingest-progress.ts";

const source: BlockSetSource = {
  name: "dir:blocks",
  kind: "set",
  network: NETWORKS.mainnet,
  chainId: "test",
  description: "three blocks",
  pools: [],
  size: 0,
  now: () => 1_700_000_000,
  async *blocks() {},
  close: async () => {},
};

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance", "Date"] }));
afterEach(() => void vi.useRealTimers());

test("tells how far it is, how fast and for how long still, and no rate once it is done", () => {
  const progress = new IngestProgress(source);
  expect(progress.state()).toEqual({
    source: "dir:blocks",
    sourceKind: "set",
    sourceDescription: "three blocks",
    sourceHealth: { state: "healthy", reason: null },
    quiet: [],
    mempool: null,
    model: null,
    missingForecasts: [],
    chainTime: 1_700_000_000,
    tipHeight: null,
    backfill: null,
  });

  progress.update({ blocksDone: 0, blocksTotal: 100 }, 99);
  expect(progress.state().backfill).toEqual({
    blocksDone: 0,
    blocksTotal: 100,
    blocksPerSecond: null,
    etaSeconds: null,
  });

  vi.advanceTimersByTime(1_000);
  progress.update({ blocksDone: 20, blocksTotal: 100 }, 99);
  progress.measureRate();
  expect(progress.state().backfill).toEqual({ blocksDone: 20, blocksTotal: 100, blocksPerSecond: 20, etaSeconds: 4 });

  vi.advanceTimersByTime(1_000);
  progress.update({ blocksDone: 70, blocksTotal: 100 }, 99);
  progress.measureRate();
  expect(progress.state().backfill?.blocksPerSecond).toBeCloseTo(26);

  progress.update({ blocksDone: 100, blocksTotal: 100 }, 101);
  expect(progress.state()).toMatchObject({
    tipHeight: 101,
    backfill: { blocksDone: 100, blocksPerSecond: null, etaSeconds: null },
  });
});

test("a source whose newest block is old is not called healthy, once all of it is stored", () => {
  const chain: FollowableSource = {
    ...source,
    kind: "chain",
    firstHeight: 0,
    tipHeight: async () => 9,
    health: () => ({ state: "healthy", reason: null }),
    async *follow() {},
  };
  const progress = new IngestProgress(chain);
  progress.sawBlock({ height: 8, time: 1_600_000_000 });
  progress.update({ blocksDone: 8, blocksTotal: 9 }, 9);
  expect(progress.state().sourceHealth.state).toBe("healthy");
  progress.sawBlock({ height: 9, time: 1_600_000_600 });
  const old = expect.stringContaining("the newest block is 1,157 days old");
  expect(progress.state().sourceHealth).toMatchObject({ state: "degraded", reason: old });
  expect(progress.state().quiet).toMatchObject([{ reason: "source-behind", detail: old }]);
});

test("says since when a source is behind, has lost its mempool or is amid a reorg, and that it is no more", () => {
  const seconds = (): number => Math.floor(Date.now() / 1_000);
  vi.setSystemTime(1_700_000_000_000);
  const chain: FollowableSource = {
    ...source,
    kind: "chain",
    network: NETWORKS.regtest,
    firstHeight: 0,
    tipHeight: async () => 9,
    health: () => ({ state: "healthy", reason: null }),
    async *follow() {},
  };
  const progress = new IngestProgress(chain);
  progress.sawBlock({ height: 5, time: seconds() });
  progress.update({ blocksDone: 6, blocksTotal: 10 }, 9);
  const begun = seconds();
  const first = { reason: "source-behind", since: begun, detail: "4 blocks of the source are not stored yet" };
  // What passes at once is not told.
  expect(progress.state().quiet).toEqual([]);
  vi.advanceTimersByTime(30_000);
  expect(progress.state().quiet).toEqual([first]);
  progress.update({ blocksDone: 6, blocksTotal: 10 }, 12);
  progress.lostMempool();
  progress.sawUndone(1);
  const later = seconds();
  expect(progress.state().quiet.map(({ reason }) => reason)).toEqual(["source-behind", "mempool-lost"]);
  vi.advanceTimersByTime(30_000);
  expect(progress.state().quiet).toEqual([
    { ...first, detail: "7 blocks of the source are not stored yet" },
    { reason: "mempool-lost", since: later, detail: expect.any(String) },
    { reason: "reorg", since: later, detail: "1 block left the chain, and what replaces it is not whole yet" },
  ]);
  progress.sawBlock({ height: 12, time: seconds() });
  progress.sawUndone(0);
  expect(progress.state().quiet.map(({ reason }) => reason)).toEqual(["mempool-lost"]);
  // Behind again, it begins anew.
  progress.update({ blocksDone: 10, blocksTotal: 10 }, 20);
  expect(progress.state().quiet.map(({ reason }) => reason)).toEqual(["mempool-lost"]);
  vi.advanceTimersByTime(30_000);
  expect(progress.state().quiet[0]).toMatchObject({ reason: "source-behind", since: seconds() - 30 });
});
