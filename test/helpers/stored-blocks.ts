import { createHash } from "node:crypto";
import type { BlockHash, Txid } from "#bitcoin";
import type { BlockFeatures, BlockFlows, Transfer } from "#features";
import type { Insight } from "#insights";
import type { Signal } from "#signals";
import type { BlockToSave } from "#store";

/** Blocks with made-up contents for tests of the store; what they say need not agree with itself. */
export function storedBlock(
  height: number,
  options: { branch?: string; parent?: string; connected?: boolean } = {},
): BlockToSave {
  const branch = options.branch ?? "main";
  const hash = hashOf(`block ${branch} ${height}`);
  const transfer = storedTransfer(height);
  const features = storedFeatures(height, hash);
  return {
    header: {
      hash,
      height,
      prevHash: height === 0 ? hashOf("nothing") : hashOf(`block ${options.parent ?? branch} ${height - 1}`),
      time: features.time,
      version: 0x2000_0000,
      bits: 0x207f_ffff,
      txCount: features.txs,
      size: features.total_size + 81,
      weight: features.total_weight + 324,
    },
    connected: options.connected ?? true,
    features,
    transfers: [transfer],
    flows: storedFlows(height),
    signals: [largeTransferSignal(height, hash, transfer), feeSpikeSignal(height, hash)],
    insights: [storedInsight(height, hash, transfer)],
    announce: true,
  };
}

export function storedChain(length: number, from = 0): BlockToSave[] {
  return Array.from({ length }, (_, index) => storedBlock(from + index));
}

export function hashOf(text: string): BlockHash {
  return createHash("sha256").update(text).digest("hex") as BlockHash;
}

/** The id depends on the transaction alone: the same event on another branch is the same insight. */
function insightIdOf(txid: string): string {
  return createHash("sha256").update(txid).digest("hex").slice(0, 32);
}

function storedTransfer(height: number): Transfer {
  return {
    txid: createHash("sha256").update(`transfer ${height}`).digest("hex") as Txid,
    txIndex: 3,
    value: 20_000_000_000 + height,
    totalIn: 30_000_001_234,
    totalOut: 30_000_000_000,
    fee: 1_234,
    inputs: 2,
    outputs: 2,
    toAddress: height % 2 === 0 ? "sim1qexample" : null,
    toValue: 20_000_000_000,
    coinAgeDays: height % 2 === 0 ? 12.5 : null,
    watched: height % 5 === 0,
    from: height % 2 === 0 ? { actor: "example", kind: "exchange" } : null,
    to: null,
    kind: height % 2 === 0 ? "withdrawal" : null,
  };
}

function largeTransferSignal(height: number, blockhash: BlockHash, transfer: Transfer): Signal {
  const metric = {
    name: "value",
    unit: "sats",
    value: transfer.value,
    baseline: null,
    level: 100_000_000_000,
  } as const;
  return {
    kind: "large-transfer",
    height,
    blockhash,
    startHeight: height,
    subject: transfer.from,
    direction: "above",
    surprise: null,
    metrics: [metric],
    transfers: [transfer],
  };
}

function feeSpikeSignal(height: number, blockhash: BlockHash): Signal {
  return {
    kind: "fee-spike",
    height,
    blockhash,
    startHeight: height,
    subject: null,
    direction: "above",
    surprise: { percentile: 97.25, sampleSize: 143 },
    metrics: [{ name: "fee rate", unit: "sat/vB", value: 12.345, baseline: 3.1, level: 9.5 }],
    transfers: [],
  };
}

function storedInsight(height: number, blockHash: BlockHash, transfer: Transfer): Insight {
  const time = timeOf(height);
  const slots = {
    value: { unit: "sats", value: transfer.value },
    txid: { unit: "txid", value: transfer.txid },
  } as const;
  return {
    id: insightIdOf(transfer.txid),
    kind: "large-transfer",
    category: height % 3 === 0 ? "mempool" : "whale",
    height,
    blockHash,
    blockTime: time,
    headline: "A very large transfer",
    summary: 'One transaction moved a very large amount: "₿" and \\ survive.',
    surprise: height % 2 === 0 ? { percentile: 99.123456789, sampleSize: 144 } : null,
    confidence: null,
    evidence: {
      rule: "Made up for a test.",
      subject: transfer.from,
      claim: null,
      madeBy: { program: "0.0.1", labelVersion: 0, labelCoverage: 0.25 },
      blocks: [{ hash: blockHash, height, time }],
      transactions: [
        { txid: transfer.txid, valueSats: transfer.value, feeSats: transfer.fee, toAddress: transfer.toAddress },
      ],
      metrics: [
        { name: "value", unit: "sats", value: transfer.value, baseline: 0.1, percentile: 99.5, sampleSize: 144 },
      ],
      slots,
    },
    simulated: true,
  };
}

function storedFlows(height: number): BlockFlows {
  const example = { actor: "example", kind: "exchange" } as const;
  const amounts = { inflow: 0, outflow: 20_000_000_000 + height, inHouse: 5, interEntityIn: 0, interEntityOut: 0 };
  const counts = { mined: 0, deposits: 0, withdrawals: 1, inHouseTransactions: 1 };
  const flows = height % 2 === 0 ? [{ entity: example, ...amounts, ...counts }] : [];
  return { labelVersion: 0, labelCoverage: 0.25, payoutEntity: height % 2 === 0 ? example : null, entities: flows };
}

function timeOf(height: number): number {
  return 1_700_000_000 + height * 600;
}

function storedFeatures(height: number, blockhash: BlockHash): BlockFeatures {
  return {
    ...amounts(),
    ...sizes(),
    blockhash,
    height,
    time: timeOf(height),
    mediantime: height < 11 ? null : timeOf(height - 5),
    feerate_percentiles: [1, 2, 3, 5, 2_000_000_000_000],
    feerate_percentiles_exact: [0.1, 1 / 3, 2.000_000_000_000_4, 5, 1e-7],
    ...pools(height),
    ...values(height),
    ...scripts(),
    ...ages(height),
    interval: height === 0 ? null : -600,
    difficulty: 110_451_907_374_649.55,
    hash_rate: 7.906_510_341_294_73e20,
  };
}

function pools(height: number) {
  const tag = height % 2 === 0 ? "Example pool" : null;
  return {
    pool: tag === null ? null : { name: tag, by: "tag" as const },
    pool_by_address: null,
    pool_by_tag: tag,
    pool_disagrees: false,
    coinbase_text: 'Mined by "Example" \\ 🐟',
  };
}

function values(height: number) {
  const large = { transfers_100btc: 1, transfers_100btc_value: 20_000_000_000 + height };
  const moved = { change: 5, value_moved: 2_100_000_000_000_000, net_value_moved: height % 2 === 0 ? 7 : null };
  return {
    ...large,
    ...moved,
    transfers_1000btc: 0,
    transfers_1000btc_value: 0,
    largest_transfer: 20_000_000_000 + height,
    unclaimed: 0,
    fee_share_of_reward: 1 / 3,
  };
}

function scripts() {
  const byType = {
    p2pk: 0,
    p2pkh: 1,
    p2sh: 0,
    p2wpkh: 9,
    p2wsh: 0,
    p2tr: 4,
    p2a: 1,
    multisig: 0,
    op_return: 2,
    other: 0,
  };
  const kinds = {
    consolidation: 1,
    batch_payout: 0,
    coinjoin: null,
    data_carrier: 2,
    rbf: 3,
    version3: 0,
    locktime: 1,
  };
  const shares = { segwit_share: 0.8, segwit_weight_share: 2 / 3, taproot_share: 0.25, taproot_weight_share: null };
  const counts = { op_return_bytes: 80, inscriptions: 1, inscription_bytes: 400, dust_created: 2, dust_swept: 1 };
  return {
    ...shares,
    ...counts,
    output_types: byType,
    output_values: byType,
    input_types: byType,
    input_values: byType,
    transaction_kinds: kinds,
    reused_outputs: 3,
  };
}

function ages(height: number) {
  const known = height % 2 === 0;
  return {
    coin_days_destroyed: known ? 1_234.567_89 : null,
    dormancy: known ? 12.5 : null,
    average_lifespan: known ? 0.1 : null,
    spent_age_bands: null,
    revived_supply: known ? 0 : null,
  };
}

/** 2.1e15 satoshis, the whole supply, must survive. */
function amounts() {
  const fees = { totalfee: 5_000, minfee: 100, maxfee: 3_000, avgfee: 1_250, medianfee: 900 };
  const feeRates = { minfeerate: 1, maxfeerate: 30, avgfeerate: 4 };
  return { ...fees, ...feeRates, subsidy: 312_500_000, total_out: 2_100_000_000_000_000 };
}

function sizes() {
  const transactions = { txs: 5, ins: 7, outs: 17, swtxs: 4, swtotal_size: 1_200, swtotal_weight: 3_000 };
  const bytes = {
    mintxsize: 150,
    maxtxsize: 900,
    avgtxsize: 300,
    mediantxsize: 250,
    total_size: 1_500,
    total_weight: 4_500,
  };
  const growth = { utxo_increase: 10, utxo_size_inc: -720, utxo_increase_actual: 8, utxo_size_inc_actual: null };
  return { ...transactions, ...bytes, ...growth };
}
