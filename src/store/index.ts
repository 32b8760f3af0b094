/**
 * PostgreSQL: all SQL, the migrations, the embedded server, the locks of the data directory.
 * Deliberately not here: what the rows mean (`features`, `signals`, `insights` bring their types), and the API's
 * shapes. Hashes go in and out as display hex; amounts are numbers of satoshis.
 * Start with blocks/save-blocks.ts and migrations/.
 */
export { listOpeningBalances, listUtxoSnapshots } from "./balances/list-utxo-snapshots.ts";
export type { StoredUtxoSnapshot } from "./balances/list-utxo-snapshots.ts";
export { saveUtxoSnapshot } from "./balances/save-utxo-snapshot.ts";
export type { EntityBalance, ScriptBalance, UtxoSnapshot } from "./balances/utxo-snapshot.ts";
export { findBlockHeight } from "./blocks/block-height.ts";
export type { LabelledBlock } from "./blocks/flow-rows.ts";
export type { BlockToSave, StoredHeader } from "./blocks/block-rows.ts";
export { claimChain, findChain, refuseOtherChain } from "./blocks/chain-claim.ts";
export { getCursor } from "./blocks/cursor.ts";
export type { BlockPlace, Cursor } from "./blocks/cursor.ts";
export { listRecentFeatures } from "./blocks/recent-features.ts";
export { findLinkBelow } from "./blocks/links-below.ts";
export { listRecentLinks } from "./blocks/recent-links.ts";
export { listFlows } from "./blocks/list-flows.ts";
export type { FlowQuery, StoredFlow } from "./blocks/list-flows.ts";
export { countRows } from "./blocks/row-counts.ts";
export { saveBlocks } from "./blocks/save-blocks.ts";
export { findFirstWithoutFlows, restateFlows } from "./blocks/save-flows.ts";
export { getTip } from "./blocks/tip.ts";
export { acquireInstanceLock } from "./data-directory/instance-lock.ts";
export { prepareDataDirectory } from "./data-directory/prepare-data-directory.ts";
export type { Connection, SocketConnection } from "./database/connection.ts";
export { migrate } from "./database/migrate.ts";
export { openDatabase } from "./database/open-database.ts";
export type { Database } from "./database/schema.ts";
export { startEmbeddedPostgres } from "./embedded/start-embedded-postgres.ts";
export { readHeartbeats, writeHeartbeat } from "./heartbeats.ts";
export type { Heartbeat } from "./heartbeats.ts";
export { holdIngestLock } from "./ingest-lock.ts";
export type { IngestState } from "./ingest-state.ts";
export { getExpectation } from "./mempool/block-expectations.ts";
export { listTemplates } from "./mempool/next-block-template.ts";
export type { NextBlockTemplate } from "./mempool/next-block-template.ts";
export { KEPT_TEMPLATES, saveMempoolSnapshot } from "./mempool/save-snapshot.ts";
export { listActorsOfManyKinds, listLabelConflicts, listNamesByLabel, listOddNames } from "./labels/check-labels.ts";
export type { LabelConflict } from "./labels/check-labels.ts";
export { importLabels } from "./labels/import-labels.ts";
export type { LabelImportResult } from "./labels/import-labels.ts";
export type { StoredLabel } from "./labels/label-rows.ts";
export { checkLabelVersion, getLabelVersion, getLabelVersionAt } from "./labels/label-versions.ts";
export { streamLabels } from "./labels/stream-labels.ts";
export { ping } from "./ping.ts";
export { readHeightTimes, saveBlockTimes } from "./prices/block-times.ts";
export { savePriceSeries } from "./prices/price-series.ts";
export { getEventBounds, getStreamId, listEvents } from "./published/events.ts";
export type { StoredEvent } from "./published/events.ts";
export { findInsight, listInsights } from "./published/insights.ts";
export type { StoredInsight } from "./published/insight-rows.ts";
export { watchEvents } from "./published/watch-events.ts";
export { addWatch, getWatchesVersion, listWatches, removeWatch } from "./watches.ts";
export type { Watch, Watched } from "./watches.ts";
