import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { writeRealSeriesPage } from "../scripts/real-series/write-page.ts";
import { describeWithRealBlocks } from "./helpers/real-blocks.ts";
import { runProgram } from "./helpers/running-program.ts";

describeWithRealBlocks("the real daily series", (real) => {
  const folder = dirname(real.blocks);
  const file = join(folder, "series", "coinmetrics_btc_daily.csv");

  test("gives the page that is written of it", async () => {
    const page = readFileSync(join(import.meta.dirname, "../docs/reference/real-series.md"), "utf8");
    expect(await writeRealSeriesPage(folder)).toBe(page);
  });

  test("goes through utxoiq detect as it is, and shows crashes and fee waves that are known", async () => {
    const { code, stdout, stderr } = await runProgram("detect", "--csv", file, "--json");
    expect(code).toBe(0);
    expect(stderr).toContain("6,288 days, 2009-01-03 to 2026-03-22");
    const found = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { kind: string; date: string; strength: number });
    const strongestOf = (asked: string) => found.find(({ kind }) => kind === asked)?.date;
    expect([strongestOf("inflow-spike"), strongestOf("outflow-spike")]).toEqual(["2020-03-13", "2020-03-13"]);
    expect(strongestOf("fee-spike")).toBe("2023-05-08");
    expect(found.filter(({ kind }) => kind === "outflow-spike").length).toBe(10);
    expect(found.every(({ strength }) => strength >= 1)).toBe(true);
  });

  test("ends in a sentence that names line and column where a file is no such series", async () => {
    const prices = join(folder, "series", "btc_usd_daily_ohlc.csv");
    const { code, stderr } = await runProgram("detect", "--csv", prices);
    expect(code).toBe(1);
    expect(stderr).toContain("line 1: no column of the header row is known to be a flow or fees: date, open, high");
  });
});
