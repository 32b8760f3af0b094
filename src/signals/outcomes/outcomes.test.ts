import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BlockHash, Txid } from "#bitcoin";
import type { BlockFeatures, Entity, Transfer } from "#features";
import type { BlockRow, Signal, SignalKind } from "../signal.ts";
import { openStatement, resolveStatement, scoreOfStatement } from "./resolve-statement.ts";

const BTC = 100_000_000;
const HEIGHT = 500;
const exchange: Entity = { actor: "Varnost Exchange", kind: "exchange" };
const whale: Entity = { actor: "Whale", kind: "simulated" };

type Block = {
  readonly feeRate?: number;
  readonly count?: number | null;
  readonly coinDays?: number | null;
  readonly dormancy?: number | null;
  readonly net?: number;
  readonly pays?: Entity | null;
};

function transfer(from: Entity | null, to: Entity | null, value = 200 * BTC): Transfer {
  const read: Partial<Transfer> = { txid: "ab".repeat(32) as Txid, value, from, to, coinAgeDays: null };
  return read as Transfer;
}

function row(height: number, block: Block): BlockRow {
  const { feeRate, count = 0, coinDays = 0, dormancy = 1, net = 0, pays } = block;
  const read: Partial<BlockFeatures> = {
    height,
    txs: feeRate === undefined ? 1 : 9,
    feerate_percentiles_exact: [0, 0, feeRate ?? 0, 0, 0],
    inscriptions: count ?? 0,
    transaction_kinds: {
      consolidation: count,
      batch_payout: null,
      coinjoin: count,
      data_carrier: 0,
      rbf: 0,
      version3: 0,
      locktime: 0,
    },
    coin_days_destroyed: coinDays,
    value_moved: BTC,
    change: 0,
    dormancy,
  };
  const flow = { entity: exchange, inflow: Math.max(0, net), outflow: Math.max(0, -net) };
  return {
    features: read as BlockFeatures,
    transfers: pays === undefined ? [] : [transfer(whale, pays)],
    flows: { entities: [flow] } as unknown as BlockRow["flows"],
  };
}

function rows(blocks: readonly Block[]): readonly BlockRow[] {
  return blocks.map((block, place) => row(HEIGHT + 1 + place, block));
}

function signal(kind: SignalKind, { level = 10, to = whale }: { level?: number; to?: Entity | null } = {}): Signal {
  return {
    kind,
    height: HEIGHT,
    blockhash: "00".repeat(32) as BlockHash,
    startHeight: HEIGHT - 8,
    subject: exchange,
    direction: "above",
    surprise: null,
    metrics: [
      { name: "", unit: "count", value: 4 * level, baseline: level / 2, level },
      { name: "", unit: "sats", value: 100, baseline: null, level: null },
    ],
    transfers: [transfer(null, to)],
  };
}

const times = (count: number, block: Block): Block[] => Array.from({ length: count }, () => block);

describe("what comes of a statement", () => {
  test.each<[SignalKind, string, readonly Block[], boolean | undefined]>([
    ["fee-spike", "six blocks above are enough", times(6, { feeRate: 11 }), true],
    [
      "fee-spike",
      "seven that are not are too many, an empty one among them",
      [...times(6, { feeRate: 10 }), {}],
      false,
    ],
    ["fee-spike", "open in between", [...times(5, { feeRate: 11 }), ...times(6, { feeRate: 9 })], undefined],
    ["inflow-spike", "as much again", [...times(35, {}), { net: 100 }], true],
    ["inflow-spike", "less", [...times(35, {}), { net: 99 }, { net: 1 }], false],
    ["inflow-spike", "not before the end", times(35, { net: 100 }), undefined],
    ["outflow-spike", "as much again, the other way", [...times(34, {}), { net: -150 }, { net: 50 }], true],
    ["outflow-spike", "the wrong way", times(36, { net: 100 }), false],
    ["large-transfer", "pays an exchange", [{}, { pays: exchange }], true],
    ["large-transfer", "pays nobody who is known to be one", times(144, { pays: null }), false],
    ["large-transfer", "pays too late", [...times(144, { pays: whale }), { pays: exchange }], false],
    ["coin-days-destroyed", "half of it again", [{}, { coinDays: 5 }], true],
    ["coin-days-destroyed", "never", times(288, { coinDays: 4.9 }), false],
    ["coin-days-destroyed", "not known", [...times(287, {}), { coinDays: null }], undefined],
    ["dormancy", "stays", times(144, { dormancy: 5.1 }), true],
    ["dormancy", "does not stay", [...times(73, { dormancy: 5 }), ...times(71, { dormancy: 90 })], false],
    ["dormancy", "not known", [...times(71, { dormancy: 9 }), ...times(73, { dormancy: null })], undefined],
    ["inscription-wave", "stands", [...times(24, {}), ...times(12, { count: 1 })], true],
    ["consolidation-wave", "stands, by two blocks", [...times(26, { count: 90 }), ...times(10, { count: 1 })], true],
    ["consolidation-wave", "is over", [...times(24, { count: 90 }), {}, {}, ...times(10, { count: 1 })], false],
    ["coinjoin-wave", "not known", [...times(35, { count: 1 }), { count: null }], undefined],
  ])("%s: %s", (kind, _, blocks, outcome) => {
    expect(resolveStatement(signal(kind), rows(blocks))).toBe(outcome);
  });

  test("what is kept because somebody watches decides nothing", () => {
    const [block, ...rest] = rows(times(144, {}));
    if (block === undefined) throw new Error("there are 144");
    const watched = { ...block, transfers: [transfer(whale, exchange, 99 * BTC)] };
    expect(resolveStatement(signal("large-transfer"), [watched, ...rest])).toBe(false);
  });

  test("a kind that describes, and a receiver of whom nothing would be seen, claim nothing", () => {
    for (const silent of [
      signal("revived-supply"),
      signal("large-transfer", { to: null }),
      signal("large-transfer", { to: exchange }),
    ]) {
      expect(openStatement(silent)).toBeUndefined();
      expect(scoreOfStatement(silent)).toBeUndefined();
      expect(resolveStatement(silent, rows(times(300, { pays: exchange, coinDays: 99 })))).toBeUndefined();
    }
  });

  test("a score is what is known when the statement is made", () => {
    expect(scoreOfStatement(signal("fee-spike"))).toBe(2);
    expect(scoreOfStatement(signal("inflow-spike"))).toBe(-100);
  });

  test("rows that do not follow are refused", () => {
    expect(() => resolveStatement(signal("fee-spike"), [row(HEIGHT + 2, {})])).toThrow("begin with block 502");
  });
});

const KINDS = [
  "fee-spike",
  "inflow-spike",
  "outflow-spike",
  "large-transfer",
  "coin-days-destroyed",
  "dormancy",
  "inscription-wave",
  "consolidation-wave",
  "coinjoin-wave",
] as const satisfies readonly SignalKind[];

test.each(KINDS)("%s: block by block comes to the same as afterwards, and what is decided stays so", (kind) => {
  const told = signal(kind);
  const horizon = openStatement(told)?.horizonBlocks ?? 0;
  const block = fc.record(
    {
      feeRate: fc.constantFrom(9, 11),
      count: fc.constantFrom(null, 0, 1, 2, ...Array<number>(60).fill(1)),
      coinDays: fc.constantFrom(9, ...Array<number>(300).fill(0)),
      dormancy: fc.constantFrom(null, 4, 6, 6),
      net: fc.integer({ min: -40, max: 40 }),
      pays: fc.constantFrom(exchange, ...Array<null>(200).fill(null)),
    },
    { requiredKeys: [] },
  );
  const answers = new Set<boolean | undefined>();
  fc.assert(
    fc.property(fc.array(block, { minLength: horizon, maxLength: horizon + 5, size: "max" }), (blocks) => {
      const following = rows(blocks);
      const live = following.map((_, place) => resolveStatement(told, following.slice(0, place + 1)));
      const afterwards = resolveStatement(told, following);
      answers.add(afterwards);
      const first = live.findIndex((one) => one !== undefined);
      expect(first < 0 ? undefined : live[first]).toBe(afterwards);
      expect(new Set(first < 0 ? [] : live.slice(first)).size).toBeLessThanOrEqual(1);
      expect(first).toBeLessThan(horizon);
    }),
    { numRuns: 20, seed: 3 },
  );
  expect(answers.size).toBeGreaterThan(1);
});
