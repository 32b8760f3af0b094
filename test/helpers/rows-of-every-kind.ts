import { COIN, type Txid } from "#bitcoin";
import type { BlockFeatures, EntityFlow } from "#features";
import type { BlockRow } from "#signals";
import { eventfulRows } from "./eventful-rows.ts";
import { pseudoRandom } from "./pseudo-random.ts";
import { hashOf } from "./stored-blocks.ts";

/** From here on a difficulty stands for its period, as on a real chain. */
const PERIOD = { start: 4_032, blocks: 2_016 } as const;

/** Blocks that something lasts, or the one in which it is. */
const STAGED = {
  slow: [5_000, 5_160],
  dear: [5_300, 5_444],
  whale: [5_000, 5_750],
  gain: [4_700, 5_000],
  loss: [5_700, 6_000],
  hoard: [5_450, 5_650],
  old: [6_100, 6_172],
  joined: [6_200, 6_212],
  mixed: [6_230, 6_242],
  light: [6_260, 6_261],
  tag: [6_270, 6_271],
  ended: [6_280, 6_281],
  revived: [6_300, 6_301],
  dormant: [6_320, 6_321],
} as const satisfies Record<string, readonly [from: number, below: number]>;

const SLOWER_SECONDS = 900;

/** Blocks of the chain on which all that is staged has happened. */
const STAGED_BLOCKS = 6_384;

/**
 * A chain on which each kind of signal is told at least once. Beside what {@link eventfulRows} have, what lasts longer or is
 * rarer; and in the last block very old coins go through two hands.
 */
export function rowsOfEveryKind(): readonly BlockRow[] {
  const random = pseudoRandom(12);
  const staged = eventfulRows(STAGED_BLOCKS).map((row) => stage(row, random));
  return [...staged.slice(0, -1), ...staged.slice(-1).map(withOldCoins)];
}

function stage({ features, transfers, flows }: BlockRow, random: () => number): BlockRow {
  const { height } = features;
  const dormant = transfers.map((transfer) => ({
    ...transfer,
    value: 100 * COIN,
    toValue: 100 * COIN,
    coinAgeDays: 4_000,
  }));
  const isOfRest = isIn("ended", height) || isIn("revived", height);
  return {
    features: { ...features, ...clock(features), ...counted(height, random), ...singled(features) },
    transfers: isOfRest ? [] : isIn("dormant", height) ? dormant : transfers,
    flows: { ...flows, entities: [...flows.entities, ...leaning(height, random)] },
  };
}

function isIn(name: keyof typeof STAGED, height: number): boolean {
  const [from, below] = STAGED[name];
  return height >= from && height < below;
}

/** Blocks come slowly for a day, and fees are dear on another. */
function clock({
  height,
  time,
  mediantime,
  difficulty,
  feerate_percentiles_exact: rates,
}: BlockFeatures): Partial<BlockFeatures> {
  const [from, below] = STAGED.slow;
  const late = (at: number): number => SLOWER_SECONDS * Math.min(Math.max(at - from, 0), below - from);
  const period = Math.floor((height - PERIOD.start) / PERIOD.blocks);
  return {
    time: time + late(height),
    mediantime: mediantime === null ? null : mediantime + late(height - 5),
    difficulty: period < 0 ? difficulty : 1_500 + 100 * period,
    feerate_percentiles_exact: isIn("dear", height) && rates !== null ? rates.map((rate) => 8 * rate) : rates,
  };
}

/** Transactions that join coins, or mix them. */
function counted(height: number, random: () => number): Partial<BlockFeatures> {
  const count = (name: "joined" | "mixed"): number => Math.floor(random() * 4) + (isIn(name, height) ? 60 : 0);
  const others = { batch_payout: 0, data_carrier: 2, rbf: 3, version3: 0, locktime: 1 };
  return { transaction_kinds: { ...others, consolidation: count("joined"), coinjoin: count("mixed") } };
}

/** What a single block is told for, and half a day in which old coins are spent. */
function singled({ height, total_weight, txs, dormancy, ...rest }: BlockFeatures): Partial<BlockFeatures> {
  const isLight = isIn("light", height);
  return {
    total_weight: isLight ? 120 : total_weight,
    txs: isLight ? 2 : txs,
    dormancy: isIn("old", height) ? 400 : dormancy,
    ...(isIn("tag", height) ? { pool_disagrees: true, pool_by_address: "Birch Pool", pool_by_tag: "Elm Pool" } : {}),
    coin_days_destroyed: isIn("ended", height) ? 900_000_000 : rest.coin_days_destroyed,
    revived_supply: isIn("revived", height) ? 15_000_000 * COIN : rest.revived_supply,
  };
}

/** Three who receive and send at random, and for some days one way alone or far more. */
function leaning(height: number, random: () => number): readonly EntityFlow[] {
  const amount = (isMore: boolean): number => Math.floor((isMore ? 90 : 60) * random() * COIN);
  const flow = (entity: EntityFlow["entity"], inflow: number, outflow: number): EntityFlow => {
    const nothing = { inHouse: 0, interEntityIn: 0, interEntityOut: 0, mined: 0, inHouseTransactions: 0 };
    return { entity, ...nothing, inflow, outflow, deposits: 1, withdrawals: 1 };
  };
  const [gains, loses, sends] = (["gain", "loss", "whale"] as const).map((name) => isIn(name, height)) as [
    boolean,
    boolean,
    boolean,
  ];
  return [
    flow({ actor: "tidal", kind: "exchange" }, loses ? 0 : amount(gains), gains ? 0 : amount(loses)),
    flow({ actor: "hoard", kind: "exchange" }, amount(false) + (isIn("hoard", height) ? 300 * COIN : 0), amount(false)),
    flow({ actor: "Dora", kind: "person" }, sends ? 0 : amount(false), amount(sends)),
  ];
}

/** Very old coins go through two hands. */
function withOldCoins(row: BlockRow): BlockRow {
  const [transfer] = row.transfers;
  if (transfer === undefined) throw new Error("each block has a transfer");
  const value = 900_000 * COIN;
  const nobody = { from: null, to: null, kind: null } as const;
  const old = { ...transfer, ...nobody, value, totalIn: value, totalOut: value, toValue: value, coinAgeDays: 3_000 };
  const passedOn = {
    ...old,
    txid: hashOf("passed on") as string as Txid,
    txIndex: old.txIndex + 1,
    inputs: 1,
    coinAgeDays: 0,
  };
  const features = { ...row.features, coin_days_destroyed: 3_000 * 900_000, revived_supply: value };
  return { ...row, features, transfers: [old, passedOn] };
}
