/** PostgreSQL: all SQL, migrations, the embedded server, locks, remembered answers. Amounts are satoshis, hashes display hex.
 * Deliberately not here: what rows mean (other rooms bring their types).
 * Start with blocks/save-blocks.ts, migrations/. */
export * as access from "./access/index.ts";
export * as backfill from "./backfill/index.ts";
export * as balances from "./balances/index.ts";
export * as cache from "./cache/index.ts";
export { findFirstWithoutFlows, listExchangeFlows, listRecentFeatures, type StoredTransfer } from "./blocks/index.ts";
export { findBlockHeight, findLinkBelow, listRecentLinks, refuseOtherChain, type StoredQuiet } from "./blocks/index.ts";
export { getTip, listHeaderTimes, listLowRates, listRecentRows, listTransfers, restateFlows } from "./blocks/index.ts";
export { claimChain, countRows, findChain, getCursor, listFlows, listQuiet, saveBlocks } from "./blocks/index.ts";
export type { BlockPlace, BlockToSave, Cursor, LabelledBlock, StoredFlow, StoredHeader } from "./blocks/index.ts";
export { findBrief, listBriefs, listFeedInsights, readStandings, readChartPoints, readDay } from "./briefs/index.ts";
export { findBriefNeighbours, saveBrief, type StandingAt, type StoredBrief } from "./briefs/index.ts";
export * as commands from "./commands/index.ts";
export * as feedback from "./feedback/index.ts";
export { acquireInstanceLock, findRunningUrl, prepareDataDirectory } from "./data-directory/index.ts";
export { type Connection, type Database, migrate, openDatabase, type SocketConnection } from "./database/index.ts";
export * as embedded from "./embedded/index.ts";
export * as explore from "./explore/index.ts";
export * as idempotency from "./idempotency/index.ts";
export { type Heartbeat, holdIngestLock, type IngestState, readHeartbeats } from "./ingest-role/index.ts";
export { type SourceQuiet, writeHeartbeat } from "./ingest-role/index.ts";
export { listActorsOfManyKinds, listActorsOfManySpellings, listLabelConflicts } from "./labels/index.ts";
export { checkLabelVersion, getLabelVersion, getLabelVersionAt, importLabels } from "./labels/index.ts";
export { listNamesByLabel, listOddNames, streamLabelClaims, streamLabels } from "./labels/index.ts";
export type { LabelConflict, LabelFilter, LabelImportResult, StoredLabel } from "./labels/index.ts";
export * as measures from "./measures/index.ts";
export { findNewestSnapshot, getExpectation, KEPT_TEMPLATES, listTemplates } from "./mempool/index.ts";
export { saveMempoolSnapshot, streamSnapshots } from "./mempool/index.ts";
export { readHeightTimes, saveBlockTimes, savePriceSeries } from "./prices/index.ts";
export { getEventBounds, getStreamId, listEvents, findInsight, listInsights, watchEvents } from "./published/index.ts";
export { findBundle, search, type StoredEvent, type StoredInsight } from "./published/index.ts";
export * as wordings from "./wordings/index.ts";
export { listDecidedClaims, listOpenPredictions, savePredictions, verifyScorecard } from "./scorecard/index.ts";
export { type DecidedClaim, findHead, listCurrentForecasts, listResolved, readScorecard } from "./scorecard/index.ts";
export type { KindScores, ResolvedPrediction, Scorecard } from "./scorecard/index.ts";
export * as settings from "./settings/index.ts";
export { addWatch, getWatchesVersion, listWatches, removeWatch, type Watch, type Watched } from "./watches.ts";
