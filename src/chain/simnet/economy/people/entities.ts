import type { ScriptKind } from "./sim-script.ts";

/** Everybody in the simulation is made up; names carry no likeness to a firm that exists. */
export type EntityKind = "pool" | "exchange" | "custodian" | "merchant" | "whale";

/** Whoever has a name. Its wallets: population.ts. */
export type Entity = { readonly name: string; readonly kind: EntityKind };

export type Miner = {
  readonly name: string;
  readonly tag: string;
  /** Share of the hash rate, percent. */
  readonly share: number;
  /** Seconds that its clock is ahead. */
  readonly clockAhead: number;
  readonly payout: PayoutHabit;
};

/** When a pool pays its miners, and how many at once. */
export type PayoutHabit = {
  /** Mature coinbases that it waits for. */
  readonly coinbases: number;
  /** Miners that it pays, at least and at most. */
  readonly miners: readonly [least: number, most: number];
};

export const MINERS: readonly Miner[] = [
  {
    name: "Alder Pool",
    tag: "/Alder Pool (simulated)/",
    share: 34,
    clockAhead: 4,
    payout: { coinbases: 12, miners: [40, 80] },
  },
  {
    name: "Birch Pool",
    tag: "/Birch Pool (simulated)/",
    share: 26,
    clockAhead: -9,
    payout: { coinbases: 20, miners: [20, 60] },
  },
  {
    name: "Cedar Pool",
    tag: "/Cedar Pool (simulated)/",
    share: 18,
    clockAhead: 21,
    payout: { coinbases: 10, miners: [15, 30] },
  },
  {
    name: "Hazel Pool",
    tag: "/Hazel Pool (simulated)/",
    share: 14,
    clockAhead: -17,
    payout: { coinbases: 20, miners: [30, 50] },
  },
  {
    name: "Rowan Pool",
    tag: "/Rowan Pool (simulated)/",
    share: 8,
    clockAhead: 55,
    payout: { coinbases: 6, miners: [4, 12] },
  },
];

/** With the share of customers that each has, percent. */
export const EXCHANGES: readonly { readonly name: string; readonly share: number }[] = [
  { name: "Quillmark Exchange", share: 34 },
  { name: "Ostrelle Exchange", share: 24 },
  { name: "Fennhollow Exchange", share: 17 },
  { name: "Varnost Exchange", share: 12 },
  { name: "Tessaly Exchange", share: 8 },
  { name: "Brindle Exchange", share: 5 },
];

export const CUSTODIANS = ["Cairn Custody"] as const;
export const MERCHANTS = ["Lantern Books", "Kestrel Hosting", "Mossgate Coffee", "Pallas Tickets"] as const;
export const WHALES = 12;

export function whaleName(index: number): string {
  return `Whale ${String(index + 1).padStart(2, "0")}`;
}

/** Each wallet software makes one kind of script; this is how common each is among users. */
export const USER_SCRIPTS: readonly ScriptKind[] = [
  "p2wpkh",
  "p2tr",
  "p2wpkh",
  "p2pkh",
  "p2wpkh",
  "p2sh-p2wpkh",
  "p2tr",
  "p2wpkh",
  "p2pkh",
  "p2sh-p2wpkh",
];

export const EXCHANGE_SCRIPTS: readonly ScriptKind[] = ["p2wpkh", "p2sh-p2wpkh", "p2pkh", "p2wpkh", "p2wpkh", "p2tr"];

/** Marks that what is shown is not real. */
export function simulatedName(name: string): string {
  return `${name} (simulated)`;
}
