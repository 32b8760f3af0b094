import { expect, test } from "vitest";
import { ExchangePressure, type PressureForecast } from "./exchange-pressure.ts";

/** Customers lean one way for some days, then the other, and each block is its own. */
function flowAt(height: number) {
  const lean = 0.4 * Math.sin(height / 150);
  const noise = (((height * 7_919) % 101) - 50) / 100;
  return { height, inflow: 1e8 * (1 + lean + noise), outflow: 1e8 * (1 - lean) };
}

function run(blocks: number): (PressureForecast | undefined)[] {
  const pressure = new ExchangePressure();
  return Array.from({ length: blocks }, (_, height) => {
    pressure.connect(flowAt(height));
    return height % 6 === 0 ? pressure.forecast() : undefined;
  });
}

test("the index is what exchanges get more than they give, and is forecast within its intervals", () => {
  const made = run(3_000);
  expect(made.findIndex((one) => one !== undefined)).toBeGreaterThan(30 * 36);
  let [told, within] = [0, 0];
  for (const forecast of made.slice(1_500, 2_900)) {
    if (forecast === undefined) continue;
    const actual = made[forecast.height + 36]?.index;
    if (actual === undefined) continue;
    told += 1;
    const [half, most] = forecast.intervals;
    expect(most?.low).toBeLessThanOrEqual(half?.low ?? -1);
    if (actual >= (most?.low ?? 1) && actual <= (most?.high ?? -1)) within += 1;
  }
  expect(told).toBeGreaterThan(200);
  expect(Math.abs(within / told - 0.8)).toBeLessThan(0.08);
});

test("nothing that moves leans nowhere, and all that only comes leans wholly", () => {
  const of = (inflow: number): number | undefined => {
    const pressure = new ExchangePressure();
    let index: number | undefined;
    for (let height = 0; height < 1_400; height += 1) {
      pressure.connect({ height, inflow, outflow: 0 });
      index = pressure.forecast()?.index;
    }
    return index;
  };
  expect(of(0)).toBe(0);
  expect(of(5)).toBe(1);
});
