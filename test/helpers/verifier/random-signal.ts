import type { BlockHash, Txid } from "#bitcoin";
import type { Entity, Transfer } from "#features";
import { type Measurement, type MetricUnit, type Signal, SIGNAL_KINDS, type SignalKind } from "#signals";

/** Uniform in 0…1, the same for the same seed. */
export type Random = () => number;

export const NAMES = [
  "Varnost Exchange (simulated)",
  "Quillmark Exchange (simulated)",
  "Alder Pool (simulated)",
  "Hazel Pool (simulated)",
  "Whale 03 (simulated)",
  "Whale 12 (simulated)",
  "Foundry USA",
  "AntPool",
  "F2Pool",
  "Binance",
  "Kraken",
  "Crypto.com",
  "Bitfinex: cold wallet 2",
  "The Quite Remarkably Long Named Digital Asset Custody and Trading Company of Reykjavik",
] as const;

export function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new Error("there is nothing to choose from");
  return chosen;
}

/** A signal of any kind with figures of any size that its kind may have, edges included. */
export function randomSignal(random: Random, kind: SignalKind = pick(random, SIGNAL_KINDS)): Signal {
  const height = 6_000 + Math.floor(random() * 900_000);
  const span = SPANS[kind] ?? 1;
  const isBelow =
    /^(?:hash-rate|difficulty-outlook|fee-level|block-fullness|reserve-change)$/.test(kind) && random() < 0.5;
  const hasNoRank =
    kind === "difficulty-outlook" || (/^(?:large-transfer|hash-rate|pool-tag-mismatch)$/.test(kind) && random() < 0.5);
  return {
    kind,
    height,
    blockhash: hex(random, 64) as BlockHash,
    startHeight: height - span + 1,
    subject: subjectOf(random, kind),
    ...(kind === "pool-tag-mismatch" ? { other: { actor: "Poolin", kind: "pool" } as const } : {}),
    direction: isBelow ? "below" : "above",
    surprise: hasNoRank
      ? null
      : {
          percentile: random() < 0.3 ? 100 : 80 + random() * 20,
          sampleSize: pick(random, [168, 336, 1_873, 2_016, 3_024]),
        },
    metrics: metricsOf(random, kind, isBelow),
    transfers: transfersOf(random, kind),
  };
}

const SPANS: Partial<Record<SignalKind, number>> = {
  "fee-spike": 3,
  "fee-level": 144,
  "mempool-flush": 6,
  "empty-block": 144,
  "pool-run": 24,
  "hash-rate": 144,
  "difficulty-outlook": 1_729,
  "inflow-spike": 9,
  "outflow-spike": 9,
  dormancy: 72,
  "inscription-wave": 12,
  "consolidation-wave": 12,
  "coinjoin-wave": 12,
  "inflow-streak": 288,
  "outflow-streak": 288,
  "reserve-change": 1_008,
  "whale-accumulation": 720,
  "whale-distribution": 720,
  "treasury-sale": 12,
  "miner-payout": 144,
};

const WITH_SUBJECT = /flow|reserve|whale|treasury|payout|pool/;

function subjectOf(random: Random, kind: SignalKind): Entity | null {
  const isNamed = WITH_SUBJECT.test(kind) || (kind === "empty-block" && random() < 0.5);
  return isNamed && kind !== "mempool-flush" ? { actor: pick(random, NAMES), kind: "exchange" } : null;
}

/** Between two bounds, even by order of magnitude. */
function size(random: Random, from: number, to: number): number {
  return from * (to / from) ** random();
}

function measured(unit: MetricUnit, value: number, baseline: number | null): Measurement {
  return { name: "what was measured", unit, value, baseline, level: (value + (baseline ?? 0)) / 2 };
}

function metricsOf(random: Random, kind: SignalKind, isBelow: boolean): Measurement[] {
  const count = (from: number, to: number) => Math.round(size(random, from, to));
  const sats = (from: number, to: number) => Math.round(size(random, from * 1e8, to * 1e8));
  const factor = isBelow ? size(random, 0.05, 0.7) : size(random, 1.4, 40);
  const scaled = (unit: MetricUnit, baseline: number) => measured(unit, baseline * factor, baseline);
  switch (kind) {
    case "fee-spike":
    case "fee-level":
      return [scaled("sat/vB", size(random, 0.2, 80))];
    case "mempool-flush": {
      const room = 20 + random() * 79;
      return [measured("percent", room * (0.6 + random() * 0.4), random() * 5), measured("percent", room, null)];
    }
    case "block-interval":
      return [measured("seconds", 3_900 + Math.floor(random() * 9_000), 400 + random() * 700)];
    case "block-fullness":
      return [
        measured("WU", isBelow ? count(900, 2_000_000) : 3_996_000 - count(1, 400), 2_100_000 + random() * 1_800_000),
      ];
    case "empty-block":
      return [measured("count", count(2, 12), random() < 0.2 ? 0 : random() * 1.4)];
    case "pool-run":
      return [measured("count", 9 + Math.floor(random() * 14), random() < 0.2 ? 0 : 0.3 + random() * 8)];
    case "hash-rate":
      return [measured("H/s", size(random, 1e17, 9e20) * (isBelow ? 0.7 : 1.4), size(random, 1e17, 9e20))].map(
        (one) => ({
          ...one,
          baseline: one.value / (isBelow ? 0.45 + random() * 0.4 : 1.2 + random()),
        }),
      );
    case "difficulty-outlook": {
      const change = 6 + random() * (isBelow ? 50 : 90);
      const elapsed = Math.round(1_036_800 / (1 + (isBelow ? -change : change) / 100));
      return [
        measured("percent", change, null),
        measured("percent", change * (0.7 + random() * 0.25), null),
        measured("seconds", elapsed, 1_036_800),
      ];
    }
    case "inflow-spike":
    case "outflow-spike": {
      const value = sats(200, 40_000);
      return [
        measured("sats", value, random() < 0.2 ? 0 : sats(0.0001, 90)),
        measured("sats", value + sats(1, 40_000), null),
      ];
    }
    case "reserve-change":
      return [measured("sats", sats(2_000, 90_000), sats(10, 1_900))];
    case "large-transfer":
      return [measured("sats", sats(1_000, 90_000), null)].map((one) => ({ ...one, level: 1e11 }));
    case "coin-days-destroyed":
      return [measured("coin-days", size(random, 1e5, 4e8), size(random, 1, 9e4))];
    case "revived-supply":
      return [measured("sats", sats(200, 90_000), random() < 0.2 ? 0 : sats(0.01, 150))];
    case "dormancy":
      return [scaled("days", size(random, 0.3, 400))];
    case "dormant-coins":
      return [measured("days", size(random, 3, 4_000), 0), measured("sats", sats(100, 90_000), null)];
    case "treasury-sale":
    case "miner-payout":
      return [measured("sats", sats(3, 4_000), random() < 0.3 ? 0 : random() < 0.2 ? null : sats(0.1, 2))];
    case "inscription-wave":
    case "consolidation-wave":
    case "coinjoin-wave":
      return [measured("count", count(8, 9_000), random() < 0.1 ? 0 : count(1, 7))];
    case "pool-tag-mismatch":
      return [{ ...measured("count", 1, null) }];
    default:
      return leaning(random, kind);
  }
}

function leaning(random: Random, kind: SignalKind): Measurement[] {
  const downs = Math.floor(random() * 12);
  const ups = downs + 9 + Math.floor(random() * 40);
  const [more, fewer] = [Math.round(size(random, 2e11, 9e12)), Math.round(size(random, 1e8, 1.9e11))];
  const isIn = kind === "inflow-streak" || kind === "whale-accumulation";
  return [
    measured("count", ups - downs, 1),
    measured("count", ups, null),
    measured("count", downs, null),
    measured("sats", isIn ? more : fewer, null),
    measured("sats", isIn ? fewer : more, null),
  ];
}

const CITING = /large-transfer|coin-days|revived|dormant-coins/;

function transfersOf(random: Random, kind: SignalKind): Transfer[] {
  if (!CITING.test(kind)) return [];
  if ((kind === "coin-days-destroyed" || kind === "revived-supply") && random() < 0.2) return [];
  const value = Math.round(size(random, 1e11, 9e12));
  const isWhole = random() < 0.6;
  const party = (): Entity | null =>
    random() < 0.5 ? null : { actor: pick(random, NAMES), kind: random() < 0.5 ? "exchange" : "pool" };
  const [from, to] = [party(), party()];
  return [
    {
      txid: hex(random, 64) as Txid,
      txIndex: 1,
      value,
      totalIn: value + 10_000,
      totalOut: value,
      fee: Math.round(size(random, 200, 9e6)),
      inputs: 1 + Math.floor(random() * 200),
      outputs: 1 + Math.floor(random() * 5),
      toAddress: random() < 0.2 ? null : `bc1q${letters(random, 38)}`,
      toValue: isWhole ? value : Math.round(value * (0.3 + random() * 0.6)),
      coinAgeDays: size(random, 0.5, 4_000),
      watched: false,
      from,
      to: to?.actor === from?.actor ? null : to,
      kind: null,
    },
  ];
}

function hex(random: Random, length: number): string {
  return Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");
}

function letters(random: Random, length: number): string {
  return Array.from({ length }, () => pick(random, Array.from("023456789acdefghjklmnpqrstuvwxyz"))).join("");
}
