import { type RawBuilder, sql } from "kysely";
import type { BlockField, ChartPoint, ChartSpec, FlowSide } from "#insights";
import { listFlows, type StoredFlow } from "../blocks/flows/list-flows.ts";
import type { Database } from "../database/schema.ts";

const MEDIAN_OF_PERCENTILES = 2;

const FIELDS: Readonly<Record<BlockField, RawBuilder<unknown>>> = {
  // PostgreSQL counts from 1.
  "median-fee-rate": sql`feature.feerate_percentiles_exact[${sql.lit(MEDIAN_OF_PERCENTILES + 1)}]`,
  interval: sql`feature.interval`,
  weight: sql`feature.total_weight`,
  transactions: sql`feature.txs`,
  "largest-transfer": sql`feature.largest_transfer`,
  "coin-days-destroyed": sql`feature.coin_days_destroyed`,
  "revived-supply": sql`feature.revived_supply`,
  dormancy: sql`feature.dormancy`,
  inscriptions: sql`feature.inscriptions`,
  consolidations: sql`feature.transaction_kinds -> 'consolidation'`,
  coinjoins: sql`nullif(feature.transaction_kinds -> 'coinjoin', 'null')`,
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
  if (series.of.from === "block") return readBlocks(db, window, FIELDS[series.of.field]);
  const { entity, side } = series.of;
  const blocks = await listTimes(db, window);
  const flows = await listFlows(db, { ...entity, ...window });
  const sums = new Map<number, number>();
  for (const flow of flows) sums.set(flow.height, (sums.get(flow.height) ?? 0) + SIDES[side](flow));
  // A block in which it took no part moved nothing of its.
  return blocks.map(({ height, time }) => ({ height, time, value: sums.get(height) ?? 0 }));
}

async function listTimes(
  db: Database,
  { fromHeight, toHeight }: ChartSpec["window"],
): Promise<readonly Pick<ChartPoint, "height" | "time">[]> {
  return db
    .selectFrom("block_headers")
    .select(["height", "time"])
    .where("connected", "=", true)
    .where("height", ">=", fromHeight)
    .where("height", "<=", toHeight)
    .orderBy("height")
    .execute();
}

async function readBlocks(
  db: Database,
  { fromHeight, toHeight }: ChartSpec["window"],
  value: RawBuilder<unknown>,
): Promise<readonly ChartPoint[]> {
  const { rows } = await sql<ChartPoint>`
    SELECT header.height, header.time, (${value})::double precision AS value
    FROM block_headers AS header JOIN block_features AS feature ON feature.blockhash = header.hash
    WHERE header.connected AND header.height BETWEEN ${fromHeight} AND ${toHeight}
    ORDER BY header.height`.execute(db);
  return rows;
}
