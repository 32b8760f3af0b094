import { z } from "zod";
import { type BlockHash, SCRIPT_TYPES, type Txid } from "#bitcoin";
import { AGE_BANDS, ENTITY_KINDS, TRANSACTION_KINDS } from "#features";
import type { DigestedRow } from "./insight-bundle.ts";

const real = z.number();
const maybe = real.nullable();
const reals = z.array(real).nullable();
const text = z.string();
const byType = z.record(z.enum(SCRIPT_TYPES), real);
const entity = z.strictObject({ actor: text, kind: z.enum(ENTITY_KINDS) }).nullable();

const isHash = (value: unknown): boolean => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);

/** 64 hex digits, in display order. */
export const hash = z.custom<BlockHash>(isHash, "expected 64 hex digits");
const txid = z.custom<Txid>(isHash, "expected 64 hex digits");

const features = z.strictObject({
  avgfee: maybe,
  avgfeerate: maybe,
  avgtxsize: real,
  blockhash: hash,
  feerate_percentiles: reals,
  height: real,
  ins: real,
  maxfee: maybe,
  maxfeerate: maybe,
  maxtxsize: real,
  medianfee: maybe,
  mediantime: maybe,
  mediantxsize: real,
  minfee: maybe,
  minfeerate: maybe,
  mintxsize: real,
  outs: real,
  subsidy: real,
  swtotal_size: real,
  swtotal_weight: real,
  swtxs: real,
  time: real,
  total_out: real,
  total_size: real,
  total_weight: real,
  totalfee: maybe,
  txs: real,
  utxo_increase: real,
  utxo_size_inc: maybe,
  utxo_increase_actual: real,
  utxo_size_inc_actual: maybe,
  feerate_percentiles_exact: reals,
  fee_share_of_reward: maybe,
  unclaimed: maybe,
  output_types: byType,
  output_values: byType,
  input_types: byType.nullable(),
  input_values: byType.nullable(),
  segwit_share: maybe,
  segwit_weight_share: maybe,
  taproot_share: maybe,
  taproot_weight_share: maybe,
  op_return_bytes: real,
  inscriptions: real,
  inscription_bytes: real,
  dust_created: real,
  dust_swept: maybe,
  reused_outputs: maybe,
  change: maybe,
  value_moved: maybe,
  net_value_moved: maybe,
  largest_transfer: maybe,
  transfers_100btc: maybe,
  transfers_100btc_value: maybe,
  transfers_1000btc: maybe,
  transfers_1000btc_value: maybe,
  interval: maybe,
  difficulty: real,
  hash_rate: real,
  coinbase_text: text,
  transaction_kinds: z.record(z.enum(TRANSACTION_KINDS), maybe),
  coin_days_destroyed: maybe,
  dormancy: maybe,
  average_lifespan: maybe,
  spent_age_bands: z.record(z.enum(AGE_BANDS), real).nullable(),
  revived_supply: maybe,
  pool: z.strictObject({ name: text, by: z.enum(["address", "tag"]) }).nullable(),
  pool_by_address: text.nullable(),
  pool_by_tag: text.nullable(),
  pool_disagrees: z.boolean(),
});

const transfer = z.strictObject({
  txid,
  txIndex: real,
  value: real,
  totalIn: real,
  totalOut: real,
  fee: real,
  inputs: real,
  outputs: real,
  toAddress: text.nullable(),
  toValue: real,
  coinAgeDays: maybe,
  from: entity,
  to: entity,
  kind: z.enum(["deposit", "withdrawal", "in-house", "inter-entity"]).nullable(),
});

const flow = z.strictObject({
  entity: entity.unwrap(),
  inflow: real,
  outflow: real,
  inHouse: real,
  interEntityIn: real,
  interEntityOut: real,
  mined: real,
  deposits: real,
  withdrawals: real,
  inHouseTransactions: real,
  certainty: real.exactOptional(),
});

const flows = z.strictObject({
  labelVersion: real,
  labelCoverage: maybe,
  payoutEntity: entity,
  entities: z.array(flow),
});

/** A row as a file tells it: every field, and none besides. */
export const rowSchema: z.ZodType<DigestedRow> = z.strictObject({
  digest: text,
  features,
  transfers: z.array(transfer),
  flows,
});
