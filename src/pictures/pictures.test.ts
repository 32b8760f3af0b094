import { createHash } from "node:crypto";
import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Picture } from "#insights";
import { drawSparkline } from "./draw-sparkline.ts";
import { drawSvg } from "./draw-svg.ts";
import { renderPng } from "./render-png.ts";
import { placeTicks } from "./time-ticks.ts";
import { unitOf } from "./units.ts";

const points = Array.from({ length: 60 }, (_, index) => ({
  height: 840_000 + index,
  time: 1_773_446_400 + index * 600,
  value: index >= 40 && index < 44 ? 61 : 9 + (index % 3),
}));

const fees: Picture = {
  chart: {
    series: { name: "Median fee rate by weight", unit: "sat/vB", of: { from: "block", field: "median-fee-rate" } },
    window: { fromHeight: 840_000, toHeight: 840_059 },
    marks: { event: { fromHeight: 840_040, toHeight: 840_043 }, usual: 9.5 },
  },
  points,
};

const title = { headline: "Fees rose to 61 sat/vB", network: "simnet", simulated: true };

describe("an SVG", () => {
  test("tells headline, series with unit, usual level, source, blocks and times, and that it is simulated", () => {
    const svg = drawSvg(fees, title);
    for (const words of [
      "Fees rose to 61 sat/vB",
      "Median fee rate by weight, sat/vB",
      "usual 9.5 sat/vB",
      "SIMULATED, not Bitcoin; computed by utxoIQ",
      "Blocks 840,000 to 840,059, 2026-03-14 00:00 to 2026-03-14 09:50 UTC",
    ])
      expect(svg).toContain(words);
    expect(drawSvg(fees, { ...title, network: "mainnet", simulated: false })).toContain("Bitcoin mainnet, computed");
  });

  test("is drawn for a dark ground where that is asked for, and for a light one else", () => {
    const dark = drawSvg(fees, { ...title, theme: "dark" });
    expect(dark).toContain("#12151a");
    expect(dark).not.toContain("#ffffff");
    expect(drawSvg(fees, { ...title, theme: "light" })).toBe(drawSvg(fees, title));
  });

  test("is the same each time, whatever was drawn before", () => {
    const first = drawSvg(fees, title);
    drawSvg({ ...fees, points: points.slice(0, 30) }, title);
    expect(drawSvg(fees, title)).toBe(first);
  });

  test("takes names for text, and runs nothing", () => {
    const name = `What came to </text><script>alert("1")</script>`;
    const chart = { ...fees.chart, series: { ...fees.chart.series, name } };
    const svg = drawSvg({ ...fees, chart }, { ...title, headline: `<img onerror="x"> & more` });
    expect(svg).not.toMatch(/<script|<img/);
    expect(svg).toContain("&lt;script&gt;");
  });

  test("draws amounts as bars, those of the event in its colour, and leaves gaps where nothing is known", () => {
    const series = {
      name: "Largest transfer",
      unit: "sats",
      of: { from: "block", field: "largest-transfer" },
    } as const;
    const marks = { ...fees.chart.marks, usual: null };
    const gaps = points.map((point, index) => (index < 5 ? { ...point, value: null } : point));
    const svg = drawSvg({ chart: { ...fees.chart, series, marks }, points: gaps }, title);
    expect(svg.match(/fill="#e8730c"/g)).toHaveLength(4);
    expect(svg.match(/fill="#8fa3ba"/g)).toHaveLength(60 - 5 - 4);
  });
});

test("a PNG is rendered at two and a half times the size, with its text in our own font", async () => {
  const pixels = await pixelsOf(drawSvg(fees, title));
  expect(pixels).toMatchObject({ width: 1_200, height: 800 });
  // Without a font the picture would be the same one without words.
  const wordless = await pixelsOf(drawSvg(fees, title).replaceAll(/<text[^]*?<\/text>/g, ""));
  expect(wordless.digest).not.toBe(pixels.digest);
  expect(await pixelsOf(drawSvg(fees, title))).toEqual(pixels);
});

async function pixelsOf(svg: string): Promise<{ width: number; height: number; digest: string }> {
  const png = Buffer.from(await renderPng(svg));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const digest = createHash("sha256")
    .update(inflateSync(Buffer.concat(parts)))
    .digest("hex");
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), digest };
}

test("times stand at full hours and days of UTC, each once though header times go back", () => {
  expect([...placeTicks(points).values()]).toEqual(["02:00", "04:00", "06:00", "08:00"]);
  const jagged = [0, 3_601, 3_500, 3_700, 90_000].map((time, height) => ({ height, time, value: 1 }));
  expect([...placeTicks(jagged)]).toEqual([[4, "2 Jan"]]);
  expect(placeTicks([]).size).toBe(0);
});

test.each([
  ["sats", 123_456_789_012, "BTC per block", "1,235"],
  ["seconds", 5_400, "minutes", "90"],
  ["WU", 3_990_000, "million WU per block", "3.99"],
  ["count", 12, "per block", "12"],
  ["days", 24.5, "days", "24.5"],
] as const)("%s are written in one unit", (unit, value, name, written) => {
  const chart = { ...fees.chart, series: { ...fees.chart.series, unit } };
  const axis = unitOf({ chart, points: [] });
  expect([axis.name, axis.write(value)]).toEqual([name, written]);
});

describe("a sparkline", () => {
  const heightsOf = (svg: string): number[] =>
    (/points="([^"]*)"/.exec(svg)?.[1] ?? "").split(" ").map((point) => Number(point.split(",")[1]));

  test("shades the event where it was, and has the highest at the top", () => {
    const svg = drawSparkline(fees);
    expect(svg).toContain('width="120" height="32"');
    // Blocks 40 to 43 of 60, on 116 pixels from the second on.
    expect(svg).toContain('<rect x="80.6" y="0" width="5.9"');
    const heights = heightsOf(svg);
    expect(heights).toHaveLength(60);
    expect(Math.min(...heights)).toBe(heights[40]);
    expect(heights[40]).toBe(2);
  });

  test("of a long row keeps what stands out", () => {
    const many = Array.from({ length: 2_016 }, (_, index) => ({
      height: 840_000 + index,
      time: index,
      value: index === 1_001 ? 50 : 9,
    }));
    const chart = { ...fees.chart, window: { fromHeight: 840_000, toHeight: 842_015 } };
    const heights = heightsOf(drawSparkline({ chart, points: many }, "dark"));
    expect(heights.length).toBeLessThanOrEqual(120);
    expect(heights.filter((height) => height === 2)).toHaveLength(1);
  });

  test("of nothing known, or of one level, is no broken document", () => {
    for (const value of [null, 9]) {
      const svg = drawSparkline({ ...fees, points: points.map((point) => ({ ...point, value })) });
      expect(svg).not.toContain("NaN");
      expect(svg).not.toContain("Infinity");
    }
    const { usual: _usual, ...marks } = fees.chart.marks;
    expect(drawSparkline({ chart: { ...fees.chart, marks: { ...marks, usual: null } }, points: [] })).not.toMatch(
      /NaN|Infinity/,
    );
  });
});
