import { expect, test } from "vitest";
import type { SystemMetrics } from "#contract";
import { describePerformance } from "./describe-performance.ts";

const POINT: SystemMetrics["points"][number] = {
  time: "2031-01-14T14:02:10.000Z",
  samples: 6,
  rssBytes: 210_400_000,
  heapBytes: 100_000_000,
  cpuShare: 0.254,
  loopDelayP99Ms: 21.6,
  databaseMs: 0.84,
  databaseBytes: 36_000_000,
  requests: 3,
  requestP50Ms: 1.24,
  requestP95Ms: 9.9,
  requestP99Ms: 12.4,
  streamClients: 1,
  eventLagMs: 34.2,
};

test("each figure is the newest that is known", () => {
  const silent = {
    ...POINT,
    requests: 0,
    requestP50Ms: null,
    requestP95Ms: null,
    requestP99Ms: null,
    cpuShare: 0.5,
    eventLagMs: null,
  };
  const told = Object.fromEntries(describePerformance([POINT, silent]).map(({ name, value }) => [name, value]));
  expect(told).toMatchObject({
    "Answer, median": "1.2 ms",
    "Answer, 99 of 100": "12 ms",
    "Event to client": "34 ms",
    "Event loop lag": "22 ms",
    "Database answer": "0.8 ms",
    Processor: "50 %",
    Memory: "210 MB",
  });
  expect(describePerformance([silent])[0]).toEqual({ name: "Answer, median", value: "–", values: [null] });
});
