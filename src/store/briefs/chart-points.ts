import type { BlockFeatures } from "#features";
import type { BlockField, ChartPoint, ChartSpec, FlowSide } from "#insights";
import { listFlows, type StoredFlow } from "../blocks/list-flows.ts";
import { listRecentFeatures } from "../blocks/recent-rows.ts";
import type { Database } from "../database/schema.ts";

const MEDIAN_OF_PERCENTILES = 2;

const FIELDS: Readonly<Record<BlockField, (block: BlockFeatures) => number | null | undefined>> = {
  "median-fee-rate": (block) => block.feerate_percentiles_exact?.[MEDIAN_OF_PERCENTILES],
  interval: (block) => block.interval,
  weight: (block) => block.total_weight,
  transactions: (block) => block.txs,
  "largest-transfer": (block) => block.largest_transfer,
  "coin-days-destroyed": (block) => block.coin_days_destroyed,
  "revived-supply": (block) => block.revived_supply,
  dormancy: (block) => block.dormancy,
  inscriptions: (block) => block.inscriptions,
  consolidations: (block) => block.transaction_kinds.consolidation,
  coinjoins: (block) => block.transaction_kinds.coinjoin,
};

const SIDES: Readonly<Record<FlowSide, (flow: StoredFlow) => number>> = {
  inflow: ({ inflow }) => inflow,
  outflow: ({ outflow }) => outflow,
  net: ({ inflow, outflow }) => inflow - outflow,
  "to-labelled": ({ outflow, interEntityOut }) => Math.min(outflow, interEntityOut),
  "to-unlabelled": ({ outflow, interEntityOut }) => Math.max(0, outflow - interEntityOut),
};

/** The numbers that a chart asks for, of the connected blocks of its window that are stored; ascending by height. */
export async function readChartPoints(db: Database, { window, series }: ChartSpec): Promise<readonly ChartPoint[]> {
  const { fromHeight, toHeight } = window;
  const blocks = (await listRecentFeatures(db, toHeight - fromHeight + 1, toHeight)).filter(
    ({ height }) => height >= fromHeight,
  );
  if (series.of.from === "block") {
    const read = FIELDS[series.of.field];
    return blocks.map((block) => ({ height: block.height, time: block.time, value: read(block) ?? null }));
  }
  const { entity, side } = series.of;
  const flows = await listFlows(db, { ...entity, ...window });
  const sums = new Map<number, number>();
  for (const flow of flows) sums.set(flow.height, (sums.get(flow.height) ?? 0) + SIDES[side](flow));
  // A block in which it took no part moved nothing of its.
  return blocks.map(({ height, time }) => ({ height, time, value: sums.get(height) ?? 0 }));
}
