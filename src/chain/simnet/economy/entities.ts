import type { SourcePool } from "../../chain-source.ts";
import type { ScriptKind } from "./sim-script.ts";

/** Everybody in the simulation is made up; names carry no likeness to a firm that exists. */
export type EntityKind = "pool" | "exchange" | "exchange-deposits" | "whale" | "user";

/** One wallet and who holds it. An exchange has two: the hot wallet, and what customers have deposited. */
export type Entity = {
  readonly walletId: number;
  readonly kind: EntityKind;
  readonly scriptKind: ScriptKind;
};

/** With the share of blocks that each finds, in percent. */
export const MINERS: readonly (SourcePool & { readonly share: number })[] = [
  { name: "Alder Pool", tags: ["/Alder Pool (simulated)/"], share: 34 },
  { name: "Birch Pool", tags: ["/Birch Pool (simulated)/"], share: 26 },
  { name: "Cedar Pool", tags: ["/Cedar Pool (simulated)/"], share: 18 },
  { name: "Hazel Pool", tags: ["/Hazel Pool (simulated)/"], share: 14 },
  { name: "Rowan Pool", tags: ["/Rowan Pool (simulated)/"], share: 8 },
];

const EXCHANGES = 4;
const WHALES = 12;
const USERS = 300;

/** Each wallet software makes one kind of script; this is how common each is. */
const SCRIPT_KINDS: readonly ScriptKind[] = [
  "p2wpkh",
  "p2tr",
  "p2wpkh",
  "p2pkh",
  "p2wpkh",
  "p2sh-p2wpkh",
  "p2tr",
  "p2wpkh",
  "p2sh-p2wpkh",
  "p2wpkh",
];

const KINDS: readonly EntityKind[] = [
  ...MINERS.map(() => "pool" as const),
  ...Array.from({ length: EXCHANGES }, () => "exchange" as const),
  ...Array.from({ length: EXCHANGES }, () => "exchange-deposits" as const),
  ...Array.from({ length: WHALES }, () => "whale" as const),
  ...Array.from({ length: USERS }, () => "user" as const),
];

export const ENTITIES: readonly Entity[] = KINDS.map((kind, walletId) => ({
  walletId,
  kind,
  scriptKind: SCRIPT_KINDS[(walletId * 7) % SCRIPT_KINDS.length] ?? "p2wpkh",
}));
