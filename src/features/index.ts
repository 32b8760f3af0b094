/**
 * What a block says about itself: Core's `getblockstats` under Core's names, script types, pool, notable transfers; and
 * what it moves in a currency, where prices are given.
 * Pure: block bytes + spent outputs + a lookup of labels → numbers. The same block gives the same row everywhere.
 * Deliberately not here: anything that needs other blocks (`signals`) or a meaning (`insights`).
 * Start with extract-features.ts; block-features.ts lists the fields.
 */
export { NOTABLE_TRANSFER_SATS } from "./block-features.ts";
export { AGE_BANDS } from "./coin-age-collector.ts";
export { describeFeatures } from "./row-catalogues.ts";
export type { BlockFlows, EntityFlow, TransferKind } from "./entity-flows.ts";
export type { BlockFeatures, BlockStats, Transfer } from "./block-features.ts";
export { compareWithExpected } from "./expected-block.ts";
export type { BlockExpectation, ExpectedBlock } from "./expected-block.ts";
export { listPackages, lowRateOf } from "./package-rates.ts";
export { PARENT_TIMES } from "./parent-times.ts";
export type { PoolAttribution } from "./pool-evidence.ts";
export { extractFeatures } from "./extract-features.ts";
export type { ExtractedBlock, FeatureContext, FeatureInput, Watches } from "./extract-features.ts";
export { ENTITY_KINDS } from "./label-lookup.ts";
export type { Entity, EntityKind, LabelLookup } from "./label-lookup.ts";
export { AGGREGATES, type Aggregate, type Metric, METRICS } from "./metrics.ts";
export { dateOf, dayOf } from "./price-features.ts";
export { TRANSACTION_KINDS } from "./transaction-kind-collector.ts";
export type { BlockPrices, PriceFeatures, PriceSeries, PriceSeriesName } from "./price-features.ts";
