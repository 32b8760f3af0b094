import type { EntityKind } from "../people/entities.ts";

/** What can be staged. */
export const STAGED_KINDS = [
  "inflow-spike",
  "fee-spike",
  "very-large-transfer",
  "in-house-shuffle",
  "outflow-spike",
  "dormant-coins",
  "inscription-wave",
  "whale-accumulation",
  "tag-forgery",
  "treasury-sale",
  "mempool-flush",
  "coinjoin-wave",
  "outflow-streak",
  "consolidation-wave",
  "whale-distribution",
  "hash-rate-drop",
] as const;

export type StagedKind = (typeof STAGED_KINDS)[number];

type Range = readonly [least: number, most: number];

/** A regime changes what everybody does, a campaign is a series of transfers, a forgery is one block. */
export type KindSpec = {
  readonly form: "regime" | "campaign" | "forgery";
  /** For a person. */
  readonly what: string;
  /** Whom it happens to. */
  readonly entity: EntityKind | undefined;
  /** Bitcoin of a campaign, times the usual of a regime; what may be asked for lies around it. */
  readonly size: Range;
  /** Of what the entity may spend: a size that nobody asked for is such a share. */
  readonly shareOfHeld?: Range;
  readonly blocks: Range;
  /** Of a campaign. */
  readonly transfers?: Range;
};

const DAY = 144;

export const KINDS: Readonly<Record<StagedKind, KindSpec>> = {
  "inflow-spike": campaign("customers send much to one exchange", "exchange", [3_000, 12_000], [4, 10], [8, 24]),
  "outflow-spike": campaign("one exchange pays out much", "exchange", [3_000, 12_000], [4, 10], [8, 24]),
  "outflow-streak": campaign(
    "one exchange pays out more than it gets, day after day",
    "exchange",
    [6_000, 18_000],
    [4 * DAY, 6 * DAY],
    [60, 120],
  ),
  "in-house-shuffle": {
    ...campaign("one exchange moves coins between its own wallets", "exchange", [10_000, 60_000], [1, 4], [1, 5]),
    shareOfHeld: [0.1, 0.4],
  },
  "whale-accumulation": campaign("one whale buys over a week", "whale", [4_000, 15_000], [6 * DAY, 7 * DAY], [35, 60]),
  "whale-distribution": campaign("one whale sells over a week", "whale", [4_000, 15_000], [6 * DAY, 7 * DAY], [35, 60]),
  "very-large-transfer": campaign("one transaction between two whales", "whale", [20_000, 60_000], [1, 1], [1, 1]),
  "dormant-coins": campaign(
    "coins move that nobody has touched since the beginning",
    undefined,
    [300, 2_500],
    [1, 3],
    [1, 3],
  ),
  "treasury-sale": {
    ...campaign("one pool sells most of what it holds", "pool", [100, 2_000], [6, 18], [3, 8]),
    shareOfHeld: [0.6, 0.9],
  },
  "fee-spike": regime("many want into the next blocks at once", [6, 10], [8, 18]),
  "mempool-flush": regime("few send anything, what waits is mined", [0.05, 0.12], [16, 28]),
  "hash-rate-drop": regime("miners switch off", [0.5, 0.7], [2 * DAY, 3 * DAY]),
  "inscription-wave": regime("inscriptions are in fashion", [5, 12], [30, 80]),
  "consolidation-wave": regime("wallets join their small coins", [8, 16], [24, 60]),
  "coinjoin-wave": regime("many mix their coins", [8, 20], [24, 60]),
  "tag-forgery": {
    form: "forgery",
    what: "one pool's block carries another's name",
    entity: "pool",
    size: [1, 1],
    blocks: [1, 1],
  },
};

function campaign(
  what: string,
  entity: EntityKind | undefined,
  size: Range,
  blocks: Range,
  transfers: Range,
): KindSpec {
  return { form: "campaign", what, entity, size, blocks, transfers };
}

function regime(what: string, size: Range, blocks: Range): KindSpec {
  return { form: "regime", what, entity: undefined, size, blocks };
}

export function isStagedKind(text: string): text is StagedKind {
  return Object.hasOwn(KINDS, text);
}
