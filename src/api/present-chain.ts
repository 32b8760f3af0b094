import type { Block, BlockLine, TransferLine } from "#contract";
import type { explore, StoredInsight } from "#store";
import { isoTime, presentInsight } from "./present.ts";

export function presentLine({ feeRates, time, ...line }: explore.BlockLine): BlockLine {
  const [low, median, high] = feeRates ?? [];
  const known = low !== undefined && median !== undefined && high !== undefined;
  return { ...line, time: isoTime(time), feeRates: known ? { low, median, high } : null };
}

export function presentTransfer({ txIndex: _place, ...line }: explore.TransferLine): TransferLine {
  return { ...line, time: isoTime(line.time), from: line.from && { ...line.from }, to: line.to && { ...line.to } };
}

export type BlockParts = {
  readonly block: explore.StoredBlock;
  readonly signals: number;
  /** `null`: the newest. */
  readonly labelVersion: number | null;
  readonly labelCoverage: number | null;
  readonly flows: explore.FlowsOfBlock["flows"];
  readonly transfers: readonly explore.TransferLine[];
  readonly insights: readonly StoredInsight[];
};

export function presentBlock({
  block,
  signals,
  labelVersion,
  labelCoverage,
  flows,
  transfers,
  insights,
}: BlockParts): Block {
  return {
    line: lineOf(block, signals),
    previous: block.prevHash,
    connected: block.connected,
    version: block.version,
    bits: block.bits.toString(16).padStart(8, "0"),
    features: presentFeatures(block),
    labelVersion,
    labelCoverage,
    flows: flows.map(({ entity, inflow, outflow, inHouse, mined, deposits, withdrawals }) => ({
      ...entity,
      inflow,
      outflow,
      inHouse,
      mined,
      deposits,
      withdrawals,
    })),
    transfers: transfers.map(presentTransfer),
    insights: insights.map(presentInsight),
  };
}

function lineOf({ features, hash, size, weight }: explore.StoredBlock, signals: number): BlockLine {
  const [low, , median, , high] = features.feerate_percentiles_exact ?? [];
  const known = low !== undefined && median !== undefined && high !== undefined;
  return {
    height: features.height,
    hash,
    time: isoTime(features.time),
    pool: features.pool?.name ?? null,
    txs: features.txs,
    size,
    weight,
    fees: features.totalfee,
    feeRates: known ? { low, median, high } : null,
    totalOut: features.total_out,
    subsidy: features.subsidy,
    signals,
  };
}

/** Field by field under the names of docs/reference/features.md; the pool stands by its name. */
function presentFeatures({ features }: explore.StoredBlock): Block["features"] {
  const { pool, feerate_percentiles: whole, feerate_percentiles_exact: exact, ...others } = features;
  return {
    ...others,
    output_types: { ...others.output_types },
    pool: pool?.name ?? null,
    feerate_percentiles: whole === null ? null : [...whole],
    feerate_percentiles_exact: exact === null ? null : [...exact],
  };
}
