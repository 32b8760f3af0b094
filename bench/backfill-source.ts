import type { SourceOptions } from "#chain";

/** The whole chain; the rest concerns other sources. */
export const BENCH_SOURCE: Omit<SourceOptions, "resumeFrom" | "record"> = {
  historyBlocks: Number.MAX_SAFE_INTEGER,
  finality: 100,
  network: "regtest",
  pace: 1,
  requestsPerSecond: 1,
  allowBackfill: true,
  snapshotDir: "",
};
