import { type RawBuilder, sql } from "kysely";
import type { Metric } from "#features";
import { knownBy } from "./known-by.ts";

/** A block's value of a metric: an expression over `header`, `feature` and `told` of {@link blocksWith}. */
export function valueOf({ of }: Metric): RawBuilder<number | null> {
  switch (of.from) {
    case "header":
      return sql`${sql.ref(`header.${of.field}`)}::double precision`;
    case "labels":
      return sql`told.label_coverage`;
    case "exchanges":
      return FLOWS[of.side];
    case "features":
      return featureOf(of.field, of.element);
  }
}

function featureOf(field: string, element: number | string | undefined): RawBuilder<number | null> {
  const column = sql.ref(`feature.${field}`);
  if (element === undefined) return sql`${column}::double precision`;
  if (typeof element === "number") return sql`(${column})[${sql.lit(element)}]::double precision`;
  return sql`(${column} ->> ${sql.lit(element)})::double precision`;
}

/** Where no labels were looked at nothing is known; where they were and no exchange took part, nothing flowed. */
const FLOWS = {
  inflow: sql<number | null>`told.exchange_inflow::double precision`,
  outflow: sql<number | null>`told.exchange_outflow::double precision`,
  net: sql<number | null>`(told.exchange_inflow - told.exchange_outflow)::double precision`,
} as const;

/**
 * What the values of these metrics are read from; `header` is a table or a row source of headers. What labels tell, by
 * the newest of them, or by the newest up to a version.
 */
export function blocksWith(metrics: readonly Metric[], labelVersion?: number): RawBuilder<unknown> {
  const isOf = (...kinds: readonly Metric["of"]["from"][]): boolean =>
    metrics.some(({ of }) => kinds.includes(of.from));
  const features = sql`JOIN block_features AS feature ON feature.blockhash = header.hash`;
  const told = sql`LEFT JOIN LATERAL (
    SELECT label_coverage, exchange_inflow, exchange_outflow FROM block_flows
    WHERE blockhash = header.hash AND ${knownBy(labelVersion)} ORDER BY label_version DESC LIMIT 1) AS told ON true`;
  return sql.join([...(isOf("features") ? [features] : []), ...(isOf("exchanges", "labels") ? [told] : [])], sql` `);
}
