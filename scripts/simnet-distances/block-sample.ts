import { NETWORKS, scanBlock, SCRIPT_TYPES, type SpentOutputs, type TransactionView } from "#bitcoin";
import { extractFeatures } from "#features";
import { LabelCompiler } from "#labels";
import { sha256 } from "#lib";

/** What one or more blocks are like. Quantities that need spent outputs are absent without them. */
export type Sample = {
  /** By quantity, a number per transaction, output or block. */
  readonly numbers: Record<string, number[]>;
  /** By quantity, how often each category occurs. */
  readonly tallies: Record<string, Record<string, number>>;
};

export type MeasuredBlock = {
  readonly height: number;
  readonly block: Uint8Array;
  readonly spent: SpentOutputs | undefined;
};

const MOST_WEIGHT = 4_000_000;

const NO_LABELS = new LabelCompiler().finish(0);

export function emptySample(): Sample {
  return { numbers: {}, tallies: {} };
}

/** Adds a block; what our own features count is taken from there. The coinbase is left out. */
export function addBlock(sample: Sample, { height, block, spent }: MeasuredBlock, network: "mainnet" | "simnet"): void {
  const context = { network: NETWORKS[network], sha256, labels: NO_LABELS };
  const { features, weight } = extractFeatures({ height, block, spent }, context);
  note(sample, "fullness", weight / MOST_WEIGHT);
  note(sample, "transactions per block", features.txs - 1);
  addTransactions(sample, block, spent);
  addTypes(sample, "output type", features.output_types);
  if (features.input_types !== null) addTypes(sample, "spent type", features.input_types);
  for (const [kind, count] of Object.entries(features.transaction_kinds)) {
    if (count !== null) addShare(sample, kind, count, features.txs - 1);
  }
}

/** Of a simulated block: how many transactions, and what they pay. */
export function blockFigures({ height, block, spent }: MeasuredBlock): { transactions: number; feesBtc: number } {
  const context = { network: NETWORKS.simnet, sha256, labels: NO_LABELS };
  const { features } = extractFeatures({ height, block, spent }, context);
  return { transactions: features.txs, feesBtc: (features.totalfee ?? 0) / 1e8 };
}

function addTransactions(sample: Sample, block: Uint8Array, spent: SpentOutputs | undefined): void {
  const feeRates: number[] = [];
  scanBlock(block, spent, {
    output: ({ value }, tx) => {
      if (tx.index > 0 && value > 0) note(sample, "output value", value);
    },
    transaction: (tx) => {
      if (tx.index === 0) return;
      addShape(sample, tx);
      if (spent !== undefined) feeRates.push((4 * (tx.totalIn - tx.totalOut)) / tx.weight);
    },
  });
  const median = feeRates.toSorted((left, right) => left - right)[Math.floor(feeRates.length / 2)];
  if (median === undefined) return;
  for (const feeRate of feeRates) note(sample, "fee rate by median", feeRate / median);
  note(sample, "median fee rate", median);
}

function addShape(sample: Sample, tx: TransactionView): void {
  note(sample, "weight", tx.weight);
  note(sample, "size", tx.size);
  note(sample, "inputs", tx.inputs);
  note(sample, "outputs", tx.outputs);
  count(sample, "version", String(tx.version), 1);
}

function addTypes(sample: Sample, quantity: string, types: Readonly<Record<string, number>>): void {
  for (const type of SCRIPT_TYPES) count(sample, quantity, type, types[type] ?? 0);
}

function addShare(sample: Sample, kind: string, matching: number, all: number): void {
  count(sample, `kind: ${kind}`, "yes", matching);
  count(sample, `kind: ${kind}`, "no", all - matching);
}

export function note(sample: Sample, quantity: string, value: number): void {
  (sample.numbers[quantity] ??= []).push(value);
}

function count(sample: Sample, quantity: string, category: string, times: number): void {
  const tally = (sample.tallies[quantity] ??= {});
  tally[category] = (tally[category] ?? 0) + times;
}
