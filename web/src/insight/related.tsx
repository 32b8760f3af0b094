import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CategoryWord } from "../feed/category-filter.tsx";
import { formatCount } from "../format/numbers.ts";
import { Panel } from "../parts/panel.tsx";
import styles from "./insight.module.css";
import { relatedTo } from "./insight-queries.ts";

/** Insights of the same week that share whom they are about, the block or the kind. */
export function Related({ id }: { readonly id: string }) {
  const { data } = useQuery(relatedTo(id));
  if (data === undefined || data.insights.length === 0) return null;
  return (
    <Panel title="Related">
      <ul className={styles.related}>
        {data.insights.map(({ id: other, headline, category, height }) => (
          <li key={other}>
            <span className={styles.relatedMeta}>
              <CategoryWord category={category} /> block {formatCount(height)}
            </span>
            <Link to="/insights/$id" params={{ id: other }}>
              {headline}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
