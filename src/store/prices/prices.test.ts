import { beforeEach, describe, expect, test } from "vitest";
import type { PriceFeatures } from "#features";
import { emptyDatabase, openTestDatabase } from "../../../test/helpers/database.ts";
import { storedBlock, storedChain } from "../../../test/helpers/stored-blocks.ts";
import { saveBlocks } from "../blocks/save-blocks.ts";
import { bytesOf } from "../database/hash-column.ts";
import { readHeightTimes, saveBlockTimes } from "./block-times.ts";
import { type PriceSeriesToSave, savePriceSeries } from "./price-series.ts";

const { db } = await openTestDatabase();

const closes = Float64Array.of(0.000_07, 0, 65_602.07, 1e11 / 3);
const file: PriceSeriesToSave = {
  series: { name: "coin", version: "abc", currency: "USD", firstDay: 19_781, closes },
  sha256: "ab".repeat(32),
};

beforeEach(async () => {
  await emptyDatabase(db);
  await db.deleteFrom("price_series").execute();
  await db.deleteFrom("block_times").execute();
});

describe("a price series", () => {
  const listPrices = () =>
    db
      .selectFrom("prices")
      .select((select) => ["series_version", select.cast<string>("day", "text").as("day"), "close"])
      .orderBy("series_version")
      .orderBy("day")
      .execute();

  test("is stored once with all its prices, exactly; another version stands beside it", async () => {
    expect(await savePriceSeries(db, file)).toBe(true);
    expect(await savePriceSeries(db, file)).toBe(false);
    const abc = [
      { series_version: "abc", day: "2024-02-28", close: 0.000_07 },
      { series_version: "abc", day: "2024-03-01", close: 65_602.07 },
      { series_version: "abc", day: "2024-03-02", close: 1e11 / 3 },
    ];
    expect(await listPrices()).toEqual(abc);
    const next = { ...file, series: { ...file.series, version: "def", closes: Float64Array.of(5) } };
    expect(await savePriceSeries(db, next)).toBe(true);
    expect(await listPrices()).toEqual([...abc, { series_version: "def", day: "2024-02-28", close: 5 }]);
  });

  test("with a price that the database refuses is not stored by half", async () => {
    const series = { ...file.series, closes: Float64Array.of(5, Number.POSITIVE_INFINITY) };
    await expect(savePriceSeries(db, { ...file, series })).rejects.toMatchObject({ code: "LIB_INVARIANT" });
    expect(await db.selectFrom("price_series").selectAll().execute()).toEqual([]);
    expect(await listPrices()).toEqual([]);
  });
});

describe("header times by height", () => {
  test("are those that were asked for, and those of the stored chain", async () => {
    expect(await readHeightTimes(db)).toHaveLength(0);
    await saveBlockTimes(db, 0, Uint32Array.of(100, 0, 300));
    await saveBlockTimes(db, 1, Uint32Array.of(200, 999, 0xffff_ffff));
    expect([...(await readHeightTimes(db))]).toEqual([100, 200, 300, 0xffff_ffff]);
    const blocks = storedChain(2, 5);
    await saveBlocks(db, blocks);
    await saveBlocks(db, [storedBlock(9, { connected: false })]);
    const stored = blocks.map(({ header }) => header.time);
    expect([...(await readHeightTimes(db))]).toEqual([100, 200, 300, 0xffff_ffff, 0, ...stored]);
  });

  test("of a long chain come whole", async () => {
    const times = Uint32Array.from({ length: 120_001 }, (_, height) => height + 1);
    await saveBlockTimes(db, 0, times);
    expect(await readHeightTimes(db)).toEqual(times);
  });
});

describe("what a block is in a currency", () => {
  const { name, version, currency } = file.series;
  const priceFeatures: PriceFeatures = {
    series: { name, version, currency },
    price: 65_602.07,
    spent_value: 1 / 3,
    created_value: null,
    sopr: null,
    asopr: null,
    realised_cap_change: -1e20,
    total_out_value: 0,
    priced_share: 0.75,
  };
  const priced = (height: number) => ({ ...storedBlock(height), priceFeatures });

  test("is stored with it, and undone with it", async () => {
    await savePriceSeries(db, file);
    await saveBlocks(db, [storedBlock(0), priced(1)]);
    const rows = await db.selectFrom("block_price_features").selectAll().execute();
    const { series, ...numbers } = priceFeatures;
    const { hash } = storedBlock(1).header;
    const names = { series_name: series.name, series_version: series.version };
    expect(rows).toEqual([{ ...names, ...numbers, blockhash: bytesOf(hash) }]);
    await saveBlocks(db, [], [{ height: 1, hash }]);
    expect(await db.selectFrom("block_price_features").selectAll().execute()).toEqual([]);
  });

  test("of a series that is not stored leaves nothing of the block", async () => {
    await expect(saveBlocks(db, [priced(0)])).rejects.toThrow("foreign key");
    expect(await db.selectFrom("block_headers").selectAll().execute()).toEqual([]);
  });
});
