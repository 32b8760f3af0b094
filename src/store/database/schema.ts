import type { BlockEventType, DataEvent, EventBlock, InsightEventType } from "../published/event-types.ts";
import type { ColumnType, Generated, Kysely } from "kysely";
import type { AccountTables } from "../access/accounts/tables.ts";
import type { BackfillTables } from "../backfill/tables.ts";
import type { BackupStateTable } from "../backups/tables.ts";
import type { BlockProcessingTable, SystemMetricHoursTable, SystemMetricsTable } from "../measures/tables.ts";
import type { SettingTables } from "../settings/tables.ts";
import type { CommandKind, CommandState, CommandTypes } from "../commands/command.ts";
import type { FlagReason } from "../feedback/feedback-types.ts";
import type { IngestState } from "../ingest-role/ingest-state.ts";
import type { EntryBody } from "../scorecard/entry.ts";
import type { WordingOutcome } from "../wordings/wording-outcome.ts";
import type { BlockFeatures, EntityKind, PriceFeatures, TransferKind } from "#features";
import type { FeeRateBucket, ProjectedBlock } from "#bitcoin";
import type { Brief, Evidence, InsightCategory, InsightStatus } from "#insights";
import type { QuietReason, SignalKind } from "#signals";

/** Read as bytes, written as `\x…` (see hash-column.ts). */
type Bytea = ColumnType<Buffer, string, string>;
type NullableBytea = ColumnType<Buffer | null, string | null, string | null>;

type ChainTable = {
  only_row: Generated<boolean>;
  network: string;
  chain_id: string;
  simulated: boolean;
  created_at: Generated<Date>;
};

type BlockHeadersTable = {
  hash: Bytea;
  height: number;
  prev_hash: Bytea;
  time: number;
  version: number;
  bits: number;
  tx_count: number;
  size: number;
  weight: number;
  connected: boolean;
  inserted_at: Generated<Date>;
};

type CursorTable = { only_row: Generated<boolean>; height: number; hash: Bytea };

/** Columns have the names of the fields; a field without a column fails at the first insert. */
type BlockFeaturesTable = Omit<BlockFeatures, "blockhash" | "pool"> & {
  blockhash: Bytea;
  pool_name: string | null;
  pool_by: "address" | "tag" | null;
};

type PriceSeriesTable = {
  name: string;
  version: string;
  currency: string;
  sha256: Bytea;
  imported_at: Generated<Date>;
};

/** A day is written as `2024-02-29`. */
type PricesTable = {
  series_name: string;
  series_version: string;
  day: ColumnType<Date, string, string>;
  close: number;
};

type BlockTimesTable = { height: number; time: number };

type BlockPriceFeaturesTable = Omit<PriceFeatures, "series"> & {
  blockhash: Bytea;
  series_name: string;
  series_version: string;
};

type TransfersTable = {
  blockhash: Bytea;
  tx_index: number;
  txid: Bytea;
  value: number;
  total_in: number;
  total_out: number;
  fee: number;
  inputs: number;
  outputs: number;
  to_address: string | null;
  to_value: number;
  coin_age_days: number | null;
  watched: boolean;
};

type BlockFlowsTable = {
  blockhash: Bytea;
  label_version: number;
  label_coverage: number | null;
  payout_actor: string | null;
  payout_kind: EntityKind | null;
  exchange_inflow: number;
  exchange_outflow: number;
};

type EntityFlowsTable = {
  blockhash: Bytea;
  label_version: number;
  actor: string;
  kind: EntityKind;
  inflow: number;
  outflow: number;
  in_house: number;
  inter_entity_in: number;
  inter_entity_out: number;
  mined: number;
  deposits: number;
  withdrawals: number;
  in_house_transactions: number;
  certainty: number | null;
};

type WatchesTable = {
  id: Generated<number>;
  script: NullableBytea;
  address: string | null;
  actor: string | null;
  kind: EntityKind | null;
  note: string | null;
  created_at: Generated<Date>;
};

type TransferPartiesTable = {
  blockhash: Bytea;
  tx_index: number;
  label_version: number;
  from_actor: string | null;
  from_kind: EntityKind | null;
  to_actor: string | null;
  to_kind: EntityKind | null;
  kind: TransferKind | null;
};

type SignalsTable = {
  blockhash: Bytea;
  ordinal: number;
  kind: SignalKind;
  height: number;
  surprise_percentile: number | null;
  surprise_sample_size: number | null;
  detail: Readonly<Record<string, unknown>>;
};

export type InsightsTable = {
  id: string;
  block_hash: Bytea;
  block_height: number;
  block_time: number;
  kind: SignalKind;
  category: InsightCategory;
  headline: string;
  summary: string;
  surprise_percentile: number | null;
  surprise_sample_size: number | null;
  confidence: number | null;
  evidence: Evidence;
  simulated: boolean;
  published_event_id: number;
  /** Of the block that told of it first: the same in every row of an id. */
  published_height: number;
};

type InsightStatusesTable = {
  insight_id: string;
  block_hash: Bytea;
  status: InsightStatus;
  reason: string | null;
  event_id: number;
  at: Generated<Date>;
};

type WordingsTable = {
  insight_id: string;
  block_hash: Bytea;
  model: string;
  headline: string;
  summary: string;
  event_id: number;
};

type WordingRequestsTable = {
  id: Generated<number>;
  insight_id: string;
  block_hash: Bytea;
  model: string;
  day: ColumnType<Date, never, never>;
  at: Generated<Date>;
  outcome: "asked" | "over-budget" | WordingOutcome;
  reason: string | null;
  tokens: Generated<number>;
};

/** A view: each insight once, where it stands now. */
type CurrentInsightsView = InsightsTable & { status: InsightStatus; status_reason: string | null; event_id: number };

export type EventsTable = {
  id: number;
  type: InsightEventType | BlockEventType | DataEvent["type"];
  at: Generated<Date>;
  insight_id: string | null;
  insight_block_hash: NullableBytea;
  status: InsightStatus | null;
  reason: string | null;
  block: EventBlock | null;
  data: DataEvent["data"] | null;
};

type HeartbeatsTable = { role: "ingest"; instance: string; at: Date; state: IngestState };

type CommandsTable = {
  id: Generated<number>;
  kind: CommandKind;
  arguments: ColumnType<CommandTypes[CommandKind]["arguments"], string, never>;
  actor: string;
  state: Generated<CommandState>;
  asked_at: Generated<Date>;
  take_by: Date;
  answered_at: Date | null;
  result: ColumnType<CommandTypes[CommandKind]["result"] | null, string | null, string | null>;
  error_code: string | null;
  error_message: string | null;
};

type StagedEventsTable = {
  position: number;
  time: number;
  kind: string;
  entity: string | null;
  size: number | null;
  blocks: number | null;
  staged_at: Generated<Date>;
};

type MempoolSnapshotsTable = {
  time: number;
  tip_height: number | null;
  tip_hash: NullableBytea;
  count: number;
  weight: number;
  total_fee: number;
  min_fee_rate: number | null;
  histogram: ColumnType<readonly FeeRateBucket[] | null, string | null, never>;
  projected_blocks: ColumnType<readonly ProjectedBlock[], string, never>;
};

type NextBlockTemplatesTable = {
  tip_hash: Bytea;
  ordinal: Generated<number>;
  time: number;
  total_fee: number;
  txids: Buffer;
};

type BlockExpectationsTable = {
  blockhash: Bytea;
  snapshot_time: number;
  seconds_before: number;
  expected: number;
  mined: number;
  matched: number;
  missing: number;
  missing_txids: ColumnType<readonly Buffer[], readonly string[], never>;
  added: number;
  added_txids: ColumnType<readonly Buffer[], readonly string[], never>;
  expected_fee: number;
  mined_fee: number | null;
  match_rate: number | null;
};

/** A list is read as one, and written as JSON. */
type QuietBlocksTable = {
  blockhash: Bytea;
  reason: QuietReason;
  since_height: number;
  detail: string;
  kinds: readonly SignalKind[];
  withheld: readonly SignalKind[];
};

type ScorecardEntriesTable = {
  seq: number;
  previous: Bytea;
  hash: Bytea;
  body: EntryBody;
  type: ColumnType<EntryBody["type"], never, never>;
  prediction_id: ColumnType<string, never, never>;
  kind: ColumnType<EntryBody["kind"], never, never>;
  height: ColumnType<number, never, never>;
  block_hash: ColumnType<string, never, never>;
};

type PredictionsTable = {
  id: string;
  made_seq: number;
  seq: number;
  state: "open" | "resolved" | "withdrawn";
  kind: EntryBody["kind"];
  subject: string | null;
  height: number;
  live: boolean;
  resolved_height: number | null;
};

type BlockLowRatesTable = { blockhash: Bytea; low_rate: number | null };

export type StagedLabelsTable = {
  /** In the order of the files. */
  ordinal: number;
  /** Written as `\x…`. */
  target: string;
  is_tag: boolean;
  address: string | null;
  actor: string;
  kind: string;
  category: string;
  label: string;
  source: string;
  abuse: string;
  confidence: string;
  edited: string | null;
  valid_from: string;
  valid_until: string;
  file: string;
};

type UtxoSnapshotsTable = {
  base_hash: Bytea;
  height: number | null;
  max_coin_height: number;
  coins: number;
  transactions: number;
  total: number;
  bogosize: number;
  hash_serialized: NullableBytea;
  label_version: number;
  imported_at: Generated<Date>;
};

type OpeningBalancesTable = {
  base_hash: Bytea;
  actor: string | null;
  kind: EntityKind | null;
  script: NullableBytea;
  address: string | null;
  sats: number;
  coins: number;
};

type BriefsTable = {
  /** Written as `2024-02-29`. */
  day: string;
  /** The source's clock, unix seconds. */
  published_at: number;
  brief: ColumnType<Brief, string, never>;
  at: Generated<Date>;
};

type AuditEntriesTable = {
  id: Generated<number>;
  at: Generated<Date>;
  role: string;
  person_id: string | null;
  address: string | null;
  action: string;
  target: string;
  /** Changed by taking out of it alone. */
  details: ColumnType<Readonly<Record<string, unknown>>, string, string>;
  request_id: string | null;
};

type RatingsTable = {
  id: Generated<number>;
  at: Generated<Date>;
  insight_id: string;
  person_id: string;
  stars: number | null;
};

type CommentsTable = {
  id: Generated<number>;
  at: Generated<Date>;
  insight_id: string;
  person_id: string;
  text: string;
};

type CommentModerationsTable = {
  id: Generated<number>;
  at: Generated<Date>;
  comment_id: number;
  hidden: boolean;
  reason: string | null;
};

type FlagsTable = {
  id: Generated<number>;
  at: Generated<Date>;
  insight_id: string;
  person_id: string;
  reason: FlagReason;
  details: string | null;
};

/** The schema as the migrations make it. */
export type Tables = AccountTables &
  BackfillTables &
  SettingTables & {
    backup_state: BackupStateTable;
    block_processing: BlockProcessingTable;
    system_metrics: SystemMetricsTable;
    system_metric_hours: SystemMetricHoursTable;
    chain: ChainTable;
    block_headers: BlockHeadersTable;
    cursor: CursorTable;
    block_features: BlockFeaturesTable;
    price_series: PriceSeriesTable;
    prices: PricesTable;
    block_times: BlockTimesTable;
    block_price_features: BlockPriceFeaturesTable;
    transfers: TransfersTable;
    block_flows: BlockFlowsTable;
    entity_flows: EntityFlowsTable;
    transfer_parties: TransferPartiesTable;
    watches: WatchesTable;
    signals: SignalsTable;
    quiet_blocks: QuietBlocksTable;
    insights: InsightsTable;
    insight_statuses: InsightStatusesTable;
    current_insights: CurrentInsightsView;
    wordings: WordingsTable;
    wording_requests: WordingRequestsTable;
    events: EventsTable;
    briefs: BriefsTable;
    heartbeats: HeartbeatsTable;
    commands: CommandsTable;
    staged_events: StagedEventsTable;
    event_stream: { id: string };
    mempool_snapshots: MempoolSnapshotsTable;
    next_block_templates: NextBlockTemplatesTable;
    block_expectations: BlockExpectationsTable;
    scorecard_entries: ScorecardEntriesTable;
    predictions: PredictionsTable;
    block_low_rates: BlockLowRatesTable;
    /** Made by an import of labels and seen by its transaction alone. */
    staged_labels: StagedLabelsTable;
    utxo_snapshots: UtxoSnapshotsTable;
    opening_balances: OpeningBalancesTable;
    used_codes: { nonce: string; expires: Date };
    audit_entries: AuditEntriesTable;
    insight_ratings: RatingsTable;
    insight_comments: CommentsTable;
    comment_moderations: CommentModerationsTable;
    /** A view. */
    current_ratings: { insight_id: string; person_id: string; stars: number | null };
    /** A view. */
    current_comments: CommentsTable & { hidden: boolean; hidden_reason: string | null };
    insight_flags: FlagsTable;
    feedback_owners: { person_id: string; owner: string; at: Generated<Date> };
    /** A view. */
    owned_flags: FlagsTable;
  };

export type Database = Kysely<Tables>;
