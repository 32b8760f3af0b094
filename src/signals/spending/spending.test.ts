import { describe, expect, test } from "vitest";
import type { BlockHash, Txid } from "#bitcoin";
import type { BlockFeatures, Transfer } from "#features";
import { SeriesBook } from "../baseline/series-book.ts";
import type { Detector } from "../detector.ts";
import type { BlockRow, Signal } from "../signal.ts";
import { coinDaysDestroyed, revivedSupply } from "./aged-coins.ts";
import { coinDaysMoved } from "./change-hands.ts";
import { dormancy } from "./dormancy.ts";

const BTC = 100_000_000;
const HISTORY = Math.max(...[coinDaysDestroyed, revivedSupply, dormancy].map(({ lookBack }) => lookBack));

type Day = {
  readonly coinDays?: number | null;
  readonly dormancy?: number | null;
  readonly moves?: Partial<Transfer>[];
};

/** A block that moves 1,000 BTC and gives 1,000 BTC of change, besides the transfers. */
function row(height: number, { coinDays = 0, dormancy: days = 1, moves = [] }: Day): BlockRow {
  const transfers = moves.map((move) => move as Transfer);
  const sum = (read: (transfer: Transfer) => number): number =>
    transfers.reduce((total, transfer) => total + read(transfer), 0);
  const read: Partial<BlockFeatures> = {
    height,
    blockhash: height.toString(16).padStart(64, "0") as BlockHash,
    coin_days_destroyed:
      coinDays === null ? null : coinDays + sum(({ totalIn, coinAgeDays }) => (totalIn / BTC) * (coinAgeDays ?? 0)),
    revived_supply:
      coinDays === null ? null : sum(({ totalIn, coinAgeDays }) => ((coinAgeDays ?? 0) >= 365 ? totalIn : 0)),
    dormancy: days,
    value_moved: 1_000 * BTC + sum(({ value }) => value),
    change: 1_000 * BTC + sum(({ totalOut, value }) => totalOut - value),
  };
  return { features: read as BlockFeatures, transfers, flows: { entities: [] } as unknown as BlockRow["flows"] };
}

function move(btc: number, coinAgeDays: number, kind: Transfer["kind"] = null): Partial<Transfer> {
  const value = btc * BTC;
  return {
    txid: "ab".repeat(32) as Txid,
    value,
    totalIn: value,
    totalOut: value,
    coinAgeDays,
    kind,
    from: null,
    to: null,
  };
}

function tell(detector: Detector, days: readonly Day[], from = 0): Signal[] {
  const book = new SeriesBook();
  return days.slice(from).flatMap((day, place) => {
    const signals = detector.detect(row(from + place, day), book);
    book.endBlock();
    return signals;
  });
}

/** From 0 to 6,000 coin days, and the days that they lay still from half a day to a day and a half. */
const quiet: readonly Day[] = Array.from({ length: HISTORY + 300 }, (_, height) => ({
  coinDays: 60 * ((height * height * 31 + 7 * height) % 101),
  dormancy: 0.5 + ((height * height * 17 + height) % 101) / 101,
}));
const AT = HISTORY + 100;

function withDays(days: Readonly<Record<number, Day>>): readonly Day[] {
  return quiet.map((day, height) => ({ ...day, ...days[height - AT] }));
}

describe("old coins", () => {
  test("what many blocks destroy together is told once, with the transfer that destroys the most", () => {
    const days = withDays({ 0: { moves: [move(2_000, 200), move(900, 100)] }, 1: { moves: [move(1_500, 200)] } });
    const signals = tell(coinDaysDestroyed, days);
    expect(signals.map(({ height }) => height)).toEqual([AT]);
    const [moved, all] = signals[0]?.metrics ?? [];
    expect(moved?.value).toBeCloseTo(490_000 + (quiet[AT]?.coinDays ?? 0) / 2, 6);
    expect(all?.value).toBeCloseTo(490_000 + (quiet[AT]?.coinDays ?? 0), 6);
    expect(signals[0]?.transfers.map(({ value }) => value / BTC)).toEqual([2_000, 900]);
    expect(tell(revivedSupply, days)).toEqual([]);
  });

  test("supply that revives is told as that, and not as coin days once more", () => {
    const days = withDays({ 0: { moves: [move(2_000, 800)] }, 3: { moves: [move(2_500, 300)] } });
    expect(tell(revivedSupply, days)).toMatchObject([
      { height: AT, metrics: [{ unit: "sats", value: 2_000 * BTC }, {}] },
    ]);
    expect(tell(coinDaysDestroyed, days)).toEqual([]);
  });

  test("what an owner moves between his own wallets is nothing, seen as a transfer or as change", () => {
    const change: Partial<Transfer> = { ...move(60_000, 800), value: 0 };
    const days = withDays({ 0: { moves: [move(60_000, 800, "in-house")] }, 20: { moves: [change] } });
    expect(tell(coinDaysDestroyed, days)).toEqual([]);
    expect(tell(revivedSupply, days)).toEqual([]);
    // All of a block is change but for the least of it.
    const features = { ...row(7, { coinDays: 1_000_000 }).features, value_moved: BTC, change: 9_999 * BTC };
    expect(coinDaysMoved({ ...row(7, {}), features })).toBeCloseTo(100, 6);
  });

  test("nothing is told of the usual, with too little history, or where heights are not known", () => {
    for (const detector of [coinDaysDestroyed, revivedSupply]) {
      expect(tell(detector, quiet)).toEqual([]);
      expect(tell(detector, [...quiet.slice(0, 1_000), { moves: [move(9_000, 900)] }])).toEqual([]);
      const unknown = quiet.map((day) => ({ ...day, coinDays: null }));
      expect(tell(detector, [...unknown, { moves: [move(9_000, 900)] }])).toEqual([]);
      expect(tell(detector, withDays({ 0: { coinDays: null, moves: [move(9_000, 900)] } }))).toEqual([]);
    }
  });
});

describe("dormancy", () => {
  test("tells that coins are older all over, once", () => {
    const older = quiet.map((day, height) => ({
      ...day,
      dormancy: (day.dormancy ?? 0) * (height >= AT && height < AT + 150 ? 3 : 1),
    }));
    const signals = tell(dormancy, older);
    expect(signals).toHaveLength(1);
    expect(signals[0]).toMatchObject({ kind: "dormancy", direction: "above", surprise: { percentile: 100 } });
    expect(signals[0]?.height).toBeLessThan(AT + 72);
  });

  test("a few very old blocks, the usual, and empty blocks are nothing", () => {
    expect(tell(dormancy, quiet)).toEqual([]);
    expect(tell(dormancy, withDays({ 0: { dormancy: 900 }, 1: { dormancy: 2_000 }, 5: { dormancy: 70 } }))).toEqual([]);
    const empty = Object.fromEntries(Array.from({ length: 60 }, (_, height) => [height, { dormancy: null }]));
    expect(tell(dormancy, withDays(empty))).toEqual([]);
  });
});

test.each([coinDaysDestroyed, revivedSupply, dormancy])("$kind depends on its look-back alone", (detector) => {
  const older = quiet.map((day, height) => ({
    coinDays: (day.coinDays ?? 0) * (height % 700 === 0 ? 40 : 1),
    dormancy: (day.dormancy ?? 0) * (height > 60 && height < AT ? 1 : 3),
    moves: height === 40 || height === AT ? [move(2_000, 800)] : height === AT + 9 ? [move(5_000, 300)] : [],
  }));
  const all = tell(detector, older).filter(({ height }) => height >= AT);
  const [first] = all;
  expect(first).toBeDefined();
  const least = (first?.height ?? 0) - detector.lookBack;
  expect(tell(detector, older, least)).toEqual(all);
});
