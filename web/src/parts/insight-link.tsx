import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { insightOf } from "../insight/insight-queries.ts";
import styles from "./insight-link.module.css";

/** An insight by its headline, where its name alone is at hand. */
export function InsightLink({ id }: { readonly id: string }) {
  const { data } = useQuery({ ...insightOf(id), refetchInterval: false, staleTime: 60_000 });
  return (
    <Link className={styles.link} to="/insights/$id" params={{ id }}>
      {data?.headline ?? `Insight ${id.slice(0, 8)}`}
    </Link>
  );
}
