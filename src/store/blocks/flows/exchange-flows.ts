import { sql } from "kysely";
import type { Database } from "../../database/schema.ts";

type Heights = { readonly fromHeight: number; readonly toHeight: number };

/** What labelled exchanges received and spent in a block, in-house apart, satoshis. */
export type ExchangeFlows = {
  readonly height: number;
  readonly flows: readonly { readonly actor: string; readonly inflow: number; readonly outflow: number }[];
};

/** Of every connected block, by its newest labels, ascending by height. */
export async function listExchangeFlows(db: Database, { fromHeight, toHeight }: Heights): Promise<ExchangeFlows[]> {
  const { rows } = await sql<ExchangeFlows>`
    SELECT header.height, coalesce(
      (SELECT jsonb_agg(jsonb_build_object('actor', flow.actor, 'inflow', flow.inflow, 'outflow', flow.outflow) ORDER BY flow.actor)
       FROM entity_flows AS flow
       WHERE flow.blockhash = header.hash AND flow.kind = 'exchange' AND flow.label_version =
         (SELECT max(label_version) FROM block_flows WHERE blockhash = header.hash)), '[]') AS flows
    FROM block_headers AS header
    WHERE header.connected AND header.height BETWEEN ${fromHeight} AND ${toHeight}
    ORDER BY header.height`.execute(db);
  return rows;
}
