import { describe, expect, test } from "vitest";
import { storedBlock } from "../../../test/helpers/stored-blocks.ts";
import { Detection } from "../detection.ts";
import type { Detector } from "../detector.ts";
import { type BlockRow, SIGNAL_KINDS, type SignalKind } from "../signal.ts";
import { KINDS_OF_LABELS } from "./quiet.ts";

/** Tells of every block. */
const EVERY: readonly Detector[] = SIGNAL_KINDS.map((kind) => ({
  kind,
  lookBack: 0,
  detect: ({ features: { height, blockhash } }) => [
    {
      kind,
      height,
      blockhash,
      startHeight: height,
      subject: null,
      direction: null,
      surprise: null,
      metrics: [],
      transfers: [],
    },
  ],
}));

type Change = { readonly ahead?: number; readonly labelVersion?: number };

/** Ten minutes from block to block, but for what is changed. */
function rows(length: number, changes: Readonly<Record<number, Change>> = {}): BlockRow[] {
  let version = 1;
  return Array.from({ length }, (_, height) => {
    const { features, flows } = storedBlock(height);
    const { ahead = 0, labelVersion = version } = changes[height] ?? {};
    version = labelVersion;
    return { features: { ...features, time: features.time + ahead }, transfers: [], flows: { ...flows, labelVersion } };
  });
}

type Told = { readonly silent: readonly SignalKind[]; readonly quiet: Detection["quiet"] };

function tell(chain: readonly BlockRow[], detection = new Detection(EVERY)): Told[] {
  return chain.map((row) => {
    const told = new Set(detection.take(row).map(({ kind }) => kind));
    return { silent: SIGNAL_KINDS.filter((kind) => !told.has(kind)), quiet: detection.quiet };
  });
}

function silentHeights(told: readonly Told[], kind: SignalKind): number[] {
  return told.flatMap(({ silent }, height) => (silent.includes(kind) ? [height] : []));
}

function heightsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

describe("quiet mode", () => {
  test("all is told where nothing is the matter, and where clocks are wrong by minutes", () => {
    const shaky = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [at, { ahead: at % 2 === 0 ? 0 : 1_000 }]));
    for (const told of [tell(rows(60)), tell(rows(60, shaky))]) {
      expect(told.every(({ silent, quiet }) => silent.length === 0 && quiet.length === 0)).toBe(true);
    }
  });

  test("a clock that is ahead or behind silences waits until eleven blocks have passed, and says since when and why", () => {
    const ahead = tell(rows(60, { 30: { ahead: 3_600 } }));
    expect(silentHeights(ahead, "block-interval")).toEqual(heightsFrom(31, 11));
    expect(ahead[35]?.silent).toEqual(["block-interval"]);
    expect(ahead[35]?.quiet).toEqual([
      {
        reason: "clock-jump",
        sinceHeight: 31,
        detail: "header times went back by 50 minutes: a miner's clock is wrong",
        kinds: ["block-interval"],
        withheld: ["block-interval"],
      },
    ]);
    // The wait after a clock that is behind looks too long by as much.
    expect(silentHeights(tell(rows(60, { 30: { ahead: -3_600 } })), "block-interval")).toEqual(heightsFrom(30, 11));
  });

  test("many wrong clocks silence whatever measures pace, as no median protects from them", () => {
    const told = tell(rows(60, { 30: { ahead: 7_200 }, 33: { ahead: 7_200 }, 36: { ahead: 7_200 } }));
    expect(silentHeights(told, "hash-rate")).toEqual(heightsFrom(37, 5));
    expect(silentHeights(told, "fee-spike")).toEqual(silentHeights(told, "hash-rate"));
    expect(silentHeights(told, "mempool-flush")).toEqual(silentHeights(told, "hash-rate"));
    expect(silentHeights(told, "large-transfer")).toEqual([]);
  });

  test("other labels silence for two days what compares owners with their history, and nothing else", () => {
    const told = tell(rows(600, { 100: { labelVersion: 2 } }));
    for (const kind of SIGNAL_KINDS) {
      expect(silentHeights(told, kind)).toEqual(KINDS_OF_LABELS.includes(kind) ? heightsFrom(100, 288) : []);
    }
    expect(told[100]?.quiet).toMatchObject([{ reason: "labels-changed", sinceHeight: 100, withheld: KINDS_OF_LABELS }]);
    // A change while it is quiet begins it anew.
    const twice = tell(rows(600, { 100: { labelVersion: 2 }, 150: { labelVersion: 3 } }));
    expect(silentHeights(twice, "inflow-spike")).toEqual(heightsFrom(100, 50 + 288));
    expect(twice[160]?.quiet).toMatchObject([{ sinceHeight: 150 }]);
  });

  test("is judged by the last blocks alone, and a copy goes on by itself", () => {
    const chain = rows(700, { 300: { ahead: 3_600 }, 305: { labelVersion: 2 } });
    const whole = tell(chain);
    const detection = new Detection(EVERY);
    expect(tell(chain.slice(20, 306), detection).at(-1)).toEqual(whole[305]);
    expect(tell(chain.slice(306), detection.copy())).toEqual(whole.slice(306));
  });
});
