import { type RawBuilder, sql } from "kysely";
import type { Metric } from "#features";

/** A block's value of a metric: an expression over `header`, `feature`, `told` and `flow` of {@link blocksWith}. */
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
const ofExchanges = (sum: RawBuilder<unknown>): RawBuilder<number | null> =>
  sql`CASE WHEN told.label_version IS NOT NULL THEN coalesce(${sum}, 0)::double precision END`;

const FLOWS = {
  inflow: ofExchanges(sql`flow.inflow`),
  outflow: ofExchanges(sql`flow.outflow`),
  net: ofExchanges(sql`flow.inflow - flow.outflow`),
} as const;

/** What the values of these metrics are read from; `header` is a table or a row source of headers. */
export function blocksWith(metrics: readonly Metric[]): RawBuilder<unknown> {
  const isOf = (...kinds: readonly Metric["of"]["from"][]): boolean =>
    metrics.some(({ of }) => kinds.includes(of.from));
  const features = sql`JOIN block_features AS feature ON feature.blockhash = header.hash`;
  const told = sql`LEFT JOIN LATERAL (
    SELECT label_version, label_coverage FROM block_flows
    WHERE blockhash = header.hash ORDER BY label_version DESC LIMIT 1) AS told ON true`;
  const flow = sql`LEFT JOIN LATERAL (
    SELECT sum(inflow) AS inflow, sum(outflow) AS outflow FROM entity_flows
    WHERE blockhash = header.hash AND label_version = told.label_version AND kind = 'exchange') AS flow ON true`;
  return sql.join(
    [
      ...(isOf("features") ? [features] : []),
      ...(isOf("exchanges", "labels") ? [told] : []),
      ...(isOf("exchanges") ? [flow] : []),
    ],
    sql` `,
  );
}
