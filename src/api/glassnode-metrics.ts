import type { Series } from "#contract";

/** One of Glassnode's series that blocks tell, as one of ours. */
type GlassnodeMetric = {
  readonly metric: string;
  readonly aggregate: NonNullable<Series["aggregate"]>;
  /** What ours is divided by: they count bitcoins. */
  readonly per: number;
};

const SATS = 100_000_000;
const of = (metric: string, aggregate: GlassnodeMetric["aggregate"], per = 1): GlassnodeMetric => ({
  metric,
  aggregate,
  per,
});

/** By Glassnode's path; only what is defined alike. */
export const GLASSNODE_METRICS: Readonly<Record<string, GlassnodeMetric>> = {
  "transactions/count": of("txs", "sum"),
  "transactions/transfers_volume_sum": of("total_out", "sum", SATS),
  "blockchain/block_interval_mean": of("interval", "mean"),
  "blockchain/block_interval_median": of("interval", "median"),
  "blockchain/block_size_mean": of("size", "mean"),
  "blockchain/block_size_sum": of("size", "sum"),
  "blockchain/utxo_created_count": of("outs", "sum"),
  "blockchain/utxo_spent_count": of("ins", "sum"),
  "fees/volume_sum": of("totalfee", "sum", SATS),
  "indicators/cdd": of("coin_days_destroyed", "sum"),
  "mining/hash_rate_mean": of("hash_rate", "mean"),
  "mining/volume_mined_sum": of("subsidy", "sum", SATS),
};
