import { createHash } from "node:crypto";
import type { BlockHash, Txid } from "#bitcoin";
import type { BlockFeatures, Transfer } from "#features";
import type { Insight } from "#insights";
import type { FeeLevelSignal, LargeTransferSignal } from "#signals";
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
    signals: [largeTransferSignal(height, hash, transfer), feeLevelSignal(height, hash)],
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
  };
}

function largeTransferSignal(height: number, blockhash: BlockHash, transfer: Transfer): LargeTransferSignal {
  return { kind: "large-transfer", height, blockhash, surprise: null, transfer, threshold: 100_000_000_000 };
}

function feeLevelSignal(height: number, blockhash: BlockHash): FeeLevelSignal {
  const level = { direction: "above", feeRate: 12.345, baseline: 3.1, zScore: 4.2, threshold: 3.5 } as const;
  return { kind: "fee-level", height, blockhash, surprise: { percentile: 97.25, sampleSize: 143 }, ...level };
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
    output_types: {
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
    },
    pool: height % 2 === 0 ? { name: "Example pool", by: "tag" } : null,
    largest_transfer: 20_000_000_000 + height,
    unclaimed: 0,
    coin_days_destroyed: height % 2 === 0 ? 1_234.567_89 : null,
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
