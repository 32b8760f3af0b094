import { expect, test } from "vitest";
import type { BlockHash } from "#bitcoin";
import { sha256 } from "#lib";
import { SIGNAL_KINDS, type Signal, type SignalKind } from "#signals";
import { chartOf } from "./chart.ts";
import { composeInsight } from "./compose-insight.ts";

const context = { blockTime: 1_700_000_000, simulated: false, sha256 };

function insightOf(kind: SignalKind, change: Partial<Signal> = {}) {
  const metric = { name: "Made up", unit: "sat/vB", value: 61, baseline: 9.5, level: 38 } as const;
  return composeInsight(
    {
      kind,
      height: 840_000,
      blockhash: "07".repeat(32) as BlockHash,
      startHeight: 839_995,
      subject: null,
      direction: "above",
      surprise: { percentile: 99.5, sampleSize: 2_016 },
      metrics: [metric],
      transfers: [],
      ...change,
    },
    context,
  );
}

test("a chart names the series, the blocks before and after, the event's blocks and what is usual", () => {
  expect(chartOf(insightOf("fee-spike"))).toEqual({
    series: { name: "Median fee rate by weight", unit: "sat/vB", of: { from: "block", field: "median-fee-rate" } },
    window: { fromHeight: 839_851, toHeight: 840_024 },
    marks: { event: { fromHeight: 839_995, toHeight: 840_000 }, usual: 9.5 },
  });
  expect(chartOf(insightOf("fee-spike", { height: 9, startHeight: 4 }))?.window.fromHeight).toBe(0);
});

test("a flow is drawn of whom the insight is about, without a level that stands for many blocks", () => {
  const subject = { actor: "Acme", kind: "exchange" } as const;
  const metric = { name: "Made up", unit: "sats", value: 5e11, baseline: 5e9, level: 1e11 } as const;
  const chart = chartOf(insightOf("outflow-spike", { subject, metrics: [metric, metric] }));
  expect(chart).toMatchObject({
    series: { name: "What left Acme", unit: "sats", of: { from: "flows", entity: subject, side: "outflow" } },
    marks: { usual: null },
  });
});

test("every kind either has a series or is one that no series shows", () => {
  const insight = insightOf("fee-spike");
  const subject = { actor: "Acme", kind: "exchange" } as const;
  const without = SIGNAL_KINDS.filter(
    (kind) => chartOf({ ...insight, kind, evidence: { ...insight.evidence, subject } }) === null,
  );
  expect(without).toEqual(["pool-run", "hash-rate", "difficulty-outlook", "pool-tag-mismatch"]);
});
