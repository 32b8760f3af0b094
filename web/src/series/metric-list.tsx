import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { MetricList as List } from "#contract";
import styles from "./series.module.css";

type Props = { readonly metrics: List["metrics"]; readonly current?: string };

/** Every metric by its title, narrowed down by what is typed. */
export function MetricList({ metrics, current }: Props) {
  const [words, setWords] = useState("");
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = metrics.filter(({ name, title }) => {
    const text = `${name} ${title}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  return (
    <section className={styles.list} aria-labelledby="all-metrics">
      <div className={styles.listHead}>
        <h2 id="all-metrics">All metrics</h2>
        <input
          type="search"
          value={words}
          placeholder="Find a metric"
          aria-label="Find a metric"
          onChange={({ target }) => setWords(target.value)}
        />
      </div>
      {shown.length === 0 && <p className={styles.none}>No metric has these words.</p>}
      <ul>
        {shown.map(({ name, title }) => (
          <li key={name}>
            <Link to="/series/$name" params={{ name }} aria-current={name === current ? "page" : undefined}>
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
