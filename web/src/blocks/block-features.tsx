import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Block, MetricList } from "#contract";
import { formatValue } from "../charts/format-value.ts";
import { metrics } from "../server/chain-queries.ts";
import styles from "./blocks.module.css";

type Metric = MetricList["metrics"][number];

/** Every number of the block, each leading to its page. */
export function BlockFeatures({ features }: Pick<Block, "features">) {
  const { data } = useQuery(metrics);
  const shown = data?.metrics.flatMap((metric) => {
    const value = valueOf(features, metric.name);
    return value === undefined ? [] : [{ metric, value }];
  });
  if (shown === undefined) return null;
  return (
    <section aria-label="All numbers">
      <h2>All numbers</h2>
      <dl className={styles.features}>
        {shown.map(({ metric, value }) => (
          <div key={metric.name}>
            <dt>
              <Link to="/series/$name" params={{ name: metric.name }}>
                {metric.title}
              </Link>
            </dt>
            <dd>{value === null ? unknown(metric) : formatValue(metric.unit, value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const unknown = ({ needs }: Metric): string => (needs === null ? "none" : `needs ${needs}`);

const PERCENTILES = ["feerate_p10", "feerate_p25", "feerate_p50", "feerate_p75", "feerate_p90"];

/** `undefined`: the block's own row does not have it. */
function valueOf(features: Block["features"], name: string): number | null | undefined {
  const place = PERCENTILES.indexOf(name);
  if (place >= 0) {
    const rates = features["feerate_percentiles_exact"];
    return Array.isArray(rates) ? (rates[place] ?? null) : null;
  }
  const [field = "", element] = name.split(".");
  const value = features[field];
  if (element === undefined) return value === null || typeof value === "number" ? value : undefined;
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value === null ? null : undefined;
  return value[element];
}
