import type { Series } from "#contract";

/** One of Glassnode's series that blocks tell, as one of ours. */
export type GlassnodeMetric = {
  readonly metric: string;
  /** `last`: that of the last block of the hour or day; `last height`: its height. */
  readonly aggregate: NonNullable<Series["aggregate"]> | "last" | "last height";
  /** What ours is divided by: they count bitcoins. */
  readonly per: number;
};

const SATS = 100_000_000;
/** They tell difficulty as hashes that a block takes: of a difficulty of 1 so many. */
const PER_DIFFICULTY = 2 ** 32;
const of = (metric: string, aggregate: GlassnodeMetric["aggregate"], per = 1): GlassnodeMetric => ({
  metric,
  aggregate,
  per,
});

/** By Glassnode's path; only what is defined alike. */
export const GLASSNODE_METRICS: Readonly<Record<string, GlassnodeMetric>> = {
  "transactions/count": of("txs", "sum"),
  "transactions/transfers_volume_sum": of("total_out", "sum", SATS),
  "blockchain/block_height": of("txs", "last height"),
  "blockchain/block_interval_mean": of("interval", "mean"),
  "blockchain/block_interval_median": of("interval", "median"),
  "blockchain/block_size_mean": of("size", "mean"),
  "blockchain/block_size_sum": of("size", "sum"),
  "blockchain/utxo_created_count": of("outs", "sum"),
  "blockchain/utxo_spent_count": of("ins", "sum"),
  "fees/volume_sum": of("totalfee", "sum", SATS),
  "indicators/cdd": of("coin_days_destroyed", "sum"),
  "mining/difficulty_latest": of("difficulty", "last", 1 / PER_DIFFICULTY),
  "mining/hash_rate_mean": of("hash_rate", "mean"),
  "mining/volume_mined_sum": of("subsidy", "sum", SATS),
};
