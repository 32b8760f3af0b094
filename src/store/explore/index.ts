/**
 * What the page and other programs look at: blocks, metrics over time, pools, entities, transfers, the mempool's past.
 * Roll-ups by hours and days are computed here, too, from the marks that triggers leave (migration 0023).
 */
export { countSignals, findBlockFlows, type FlowsOfBlock } from "./block-flows.ts";
export {
  type EntityPoint,
  type EntityTotals,
  listEntityTotals,
  listEntityTotalsAsOf,
  listKindsOf,
  readEntitySeries,
  readEntitySeriesAsOf,
} from "./entity-totals.ts";
export { type BlockLine, findBlock, listBlocks, readBlockOrders, sortBlocks, type StoredBlock } from "./list-blocks.ts";
export { type LabelPlace, type ListedLabel, listLabels } from "../labels/index.ts";
export { listInsightsAt } from "../published/index.ts";
export { listLargeTransfers, type TransferLine } from "./list-large-transfers.ts";
export { listSignals, type SignalFilter, type SignalPlace, type StoredSignal } from "./list-signals.ts";
export { readMempoolHistory, type SnapshotLine } from "./mempool-history.ts";
export { findMetric, listMetrics } from "./metrics.ts";
export { listPoolShares, type PoolShare } from "./pool-shares.ts";
export { readBlockSeries, readCoverage, readRolledSeries, type SeriesPoint } from "./read-series.ts";
export { countStale, countUnmade, refreshRollups } from "./refresh-rollups.ts";
