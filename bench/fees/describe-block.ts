import { scanBlock, txidOf } from "#bitcoin";
import type { SimulatedStep } from "#chain";
import { listPackages } from "#features";
import { sha256 } from "#lib";

/** Fee rates of a block by weight, sat/vB. */
export type BlockRates = { readonly p5: number; readonly p75: number };

/** A block as an estimator learns of it. */
export type ReplayBlock = {
  readonly height: number;
  readonly headerTime: number;
  /** Of its transactions, the coinbase apart. */
  readonly weight: number;
  /** By what a miner got for each package; `null` of an empty block. */
  readonly packages: BlockRates | null;
  /** By what each transaction paid itself, as `getblockstats` counts. */
  readonly transactions: BlockRates | null;
  /** In display hex. */
  readonly txids: ReadonlySet<string>;
};

type Connected = Extract<SimulatedStep["happenings"][number], { type: "connect" }>["block"];

type Row = { readonly feeRate: number; readonly weight: number };

export function describeBlock({ height, bytes, spent }: Connected): ReplayBlock {
  if (spent === undefined) throw new Error("fee rates need the outputs that the block spends");
  const rows: Row[] = [];
  const txids = new Set<string>();
  const { header } = scanBlock(bytes, spent, {
    transaction: (tx) => {
      if (tx.index === 0) return;
      rows.push({ feeRate: (4 * (tx.totalIn - tx.totalOut)) / tx.weight, weight: tx.weight });
      txids.add(txidOf(bytes, tx, sha256));
    },
  });
  rows.sort((left, right) => left.feeRate - right.feeRate);
  const weight = rows.reduce((sum, row) => sum + row.weight, 0);
  const packages = listPackages({ block: bytes, spent }, sha256);
  const common = { height, headerTime: header.time, weight, txids };
  return { ...common, packages: ratesOf(packages, weight), transactions: ratesOf(rows, weight) };
}

function ratesOf(rows: readonly Row[], weight: number): BlockRates | null {
  return rows.length === 0 ? null : { p5: rateAt(rows, 0.05 * weight), p75: rateAt(rows, 0.75 * weight) };
}

/** The first rate, from the lowest on, at which so much weight is reached. */
function rateAt(rows: readonly Row[], wanted: number): number {
  let reached = 0;
  const row = rows.find(({ weight }) => {
    reached += weight;
    return reached >= wanted;
  });
  return (row ?? rows.at(-1))?.feeRate ?? 0;
}
