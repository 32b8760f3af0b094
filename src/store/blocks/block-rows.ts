import type { Insertable, Selectable } from "kysely";
import type { BlockHash } from "#bitcoin";
import type { BlockExpectation, BlockFeatures, BlockFlows, PriceFeatures, Transfer } from "#features";
import type { Insight } from "#insights";
import type { BlockPredictions, QuietBlock, Signal } from "#signals";
import { blockHashOfColumn, byteaOf } from "../database/hash-column.ts";
import type { Tables } from "../database/schema.ts";
import type { EventBlock } from "../published/event-types.ts";

export type StoredHeader = {
  readonly hash: BlockHash;
  readonly height: number;
  readonly prevHash: BlockHash;
  /** Unix seconds. */
  readonly time: number;
  readonly version: number;
  readonly bits: number;
  readonly txCount: number;
  readonly size: number;
  readonly weight: number;
};

/** A whole block: its header and everything that was derived from it. */
export type BlockToSave = {
  readonly header: StoredHeader;
  /** Whether it follows its parent in the chain that is stored; false for a block of a set. */
  readonly connected: boolean;
  readonly features: BlockFeatures;
  readonly transfers: readonly Transfer[];
  /** Who received and spent what, by the labels of one version. */
  readonly flows: BlockFlows;
  /** Of a price series that is stored; absent where there is none. */
  readonly priceFeatures?: PriceFeatures | undefined;
  readonly signals: readonly Signal[];
  readonly insights: readonly Insight[];
  /** Of events that were told before and have grown; absent where there are none. */
  readonly updates?: readonly Insight[] | undefined;
  /** Of those, the ids of events that are worth publishing as they stand, where they were not when they began. */
  readonly publishable?: ReadonlySet<string> | undefined;
  /** Conditions in which kinds were silent; absent where there were none. */
  readonly quiet?: readonly QuietBlock[] | undefined;
  /** How it compares with what was expected on its parent; absent where nothing was. */
  readonly expectation?: BlockExpectation | undefined;
  /** Of its packages, sat/vB; `null` of an empty block, absent where nobody looked. */
  readonly lowRate?: number | null | undefined;
  /** What it resolves and what is said after it; absent where no predictions are kept. */
  readonly predictions?: BlockPredictions | undefined;
  /** Whether to tell that it was connected. A backfill of old blocks need not. */
  readonly announce: boolean;
};

export function headerRow({ header, connected }: BlockToSave): Insertable<Tables["block_headers"]> {
  const { hash, prevHash, txCount, ...rest } = header;
  return { ...rest, hash: byteaOf(hash), prev_hash: byteaOf(prevHash), tx_count: txCount, connected };
}

export function featuresRow({ features }: BlockToSave): Insertable<Tables["block_features"]> {
  const { blockhash, pool, ...rest } = features;
  return { ...rest, blockhash: byteaOf(blockhash), pool_name: pool?.name ?? null, pool_by: pool?.by ?? null };
}

export function featuresOfRow(row: Selectable<Tables["block_features"]>): BlockFeatures {
  const { blockhash, pool_name: name, pool_by: by, ...rest } = row;
  return { ...rest, blockhash: blockHashOfColumn(blockhash), pool: name === null || by === null ? null : { name, by } };
}

export function priceRows({ header, priceFeatures }: BlockToSave): Insertable<Tables["block_price_features"]>[] {
  if (priceFeatures === undefined) return [];
  const { series, ...rest } = priceFeatures;
  return [{ ...rest, blockhash: byteaOf(header.hash), series_name: series.name, series_version: series.version }];
}

export function lowRateRows({ header, lowRate }: BlockToSave): Insertable<Tables["block_low_rates"]>[] {
  return lowRate === undefined ? [] : [{ blockhash: byteaOf(header.hash), low_rate: lowRate }];
}

export function transferRows({ header, transfers }: BlockToSave): Insertable<Tables["transfers"]>[] {
  return transfers.map((transfer) => ({
    blockhash: byteaOf(header.hash),
    tx_index: transfer.txIndex,
    txid: byteaOf(transfer.txid),
    value: transfer.value,
    total_in: transfer.totalIn,
    total_out: transfer.totalOut,
    fee: transfer.fee,
    inputs: transfer.inputs,
    outputs: transfer.outputs,
    to_address: transfer.toAddress,
    to_value: transfer.toValue,
    coin_age_days: transfer.coinAgeDays,
    watched: transfer.watched,
  }));
}

export function signalRows({ header, signals }: BlockToSave): Insertable<Tables["signals"]>[] {
  return signals.map((signal, ordinal) => {
    const { kind, height, blockhash, surprise, ...detail } = signal;
    return {
      blockhash: byteaOf(header.hash),
      ordinal,
      kind,
      height,
      surprise_percentile: surprise?.percentile ?? null,
      surprise_sample_size: surprise?.sampleSize ?? null,
      detail,
    };
  });
}

/** What the world hears of a block that was connected or disconnected. */
export function eventBlockOf(hash: string, time: number, features: BlockFeatures): EventBlock {
  return {
    height: features.height,
    hash,
    time,
    txs: features.txs,
    medianFeeRate: features.feerate_percentiles_exact?.[2] ?? null,
    pool: features.pool?.name ?? null,
  };
}
