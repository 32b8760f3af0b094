/**
 * The only wiring of chain → features → signals → insights → store: a set of blocks, and the live loop that
 * catches up with a tip and follows it. predictions/ says what comes, wordings/ has a model word it anew, briefs/ publishes
 * what each day held. What a user gives in files: prices/, utxo-snapshot/, daily-series/, read by csv-files/.
 * backfilling/ reads ranges of older blocks, for whoever spreads them over workers (`jobs`).
 * Deliberately not here: any of these steps themselves.
 * Start with process-block.ts, then follow-chain.ts.
 */
export * as backfilling from "./backfilling/index.ts";
export { composeDay } from "./briefs/compose-day.ts";
export { publishBriefs } from "./briefs/publish-briefs.ts";
export { carryOutCommands } from "./commands/carry-out-commands.ts";
export type { SetUp } from "./commands/set-up.ts";
export { stagedRecordOf } from "./commands/staged-record.ts";
export { followChain, type FollowOptions } from "./follow-chain.ts";
export { chainOf, ingestSet, type SetProgress, type SetResult } from "./ingest-set.ts";
export { IngestProgress } from "./ingest-progress.ts";
export { MempoolRecorder } from "./mempool-recorder.ts";
export type { DailySeries } from "./daily-series/parse-daily-series.ts";
export { readDailySeries } from "./daily-series/read-daily-series.ts";
export { AMOUNT_UNITS, type AmountUnit, type ToldColumns } from "./daily-series/series-columns.ts";
export { keepRollups } from "./rollups/keep-rollups.ts";
export { Predictions } from "./predictions/predictions.ts";
export { openPrices } from "./prices/open-prices.ts";
export type { PricesOptions, ProcessPrices } from "./prices/open-prices.ts";
export { describePrices, type PriceFile, readPriceFile } from "./prices/read-price-file.ts";
export { ProcessingRecorder } from "./processing-recorder.ts";
export { CurrentLabels, labelsOfVersion } from "./current-labels.ts";
export { recomputeRows } from "./recompute-rows.ts";
export { restateBlocks, type Restated } from "./restate-flows.ts";
export { labelsOfSource } from "./source-labels.ts";
export { storeBuiltinLabels } from "./store-builtin-labels.ts";
export { createProcessContext, extractBlock, type ProcessContext } from "./process-block.ts";
export { watchMempool } from "./watch-mempool.ts";
export { LiveInsights } from "./wordings/live-insights.ts";
export { wordLiveInsights, type Writer } from "./wordings/word-live-insights.ts";
export { importSnapshot } from "./utxo-snapshot/import-snapshot.ts";
export type { ImportedSnapshot } from "./utxo-snapshot/import-snapshot.ts";
export { readOpeningBalances, readSnapshotHeader } from "./utxo-snapshot/read-opening-balances.ts";
export type { SnapshotProgress } from "./utxo-snapshot/read-opening-balances.ts";
