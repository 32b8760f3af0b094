import { expect, test } from "vitest";
import { FEATURE_CATALOGUE } from "./feature-catalogue.ts";
import { AGGREGATES, METRICS } from "./metrics.ts";

test("every number of the catalogue is a metric, and what is no number is none", () => {
  expect(METRICS.get("totalfee")).toMatchObject({ title: "Fees", unit: "satoshis", usual: "sum" });
  expect(METRICS.get("difficulty")).toMatchObject({ usual: "mean", needs: null });
  expect(METRICS.has("blockhash")).toBe(false);
  expect(METRICS.has("coinbase_text")).toBe(false);
  for (const { of } of METRICS.values()) if (of.from === "features") expect(FEATURE_CATALOGUE).toHaveProperty(of.field);
});

test("what is lowest, highest or median in a block is so in an hour as well", () => {
  const usual = (name: string): string | undefined => METRICS.get(name)?.usual;
  expect([usual("minfeerate"), usual("maxfee"), usual("medianfee"), usual("avgfee"), usual("txs")]).toEqual([
    "min",
    "max",
    "median",
    "mean",
    "sum",
  ]);
  for (const { usual: one } of METRICS.values()) expect(AGGREGATES).toContain(one);
});

test("elements of a field are metrics of their own", () => {
  expect(METRICS.get("feerate_p50")).toMatchObject({ of: { field: "feerate_percentiles_exact", element: 3 } });
  expect(METRICS.get("spent_age_bands.1y_2y")).toMatchObject({ unit: "satoshis", needs: "coin heights" });
  expect(METRICS.get("output_types.p2tr")).toMatchObject({ title: "Outputs: p2tr" });
});

test("a name can stand in an address", () => {
  for (const name of METRICS.keys()) expect(name).toMatch(/^[a-z0-9_.]+$/);
});
