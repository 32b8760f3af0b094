import { useComputedColorScheme } from "@mantine/core";
import type { Insight } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { formatQuantity } from "../format/quantity.ts";
import { Panel } from "../parts/panel.tsx";
import { nameOfEvent } from "./event-model.ts";
import styles from "./insight.module.css";

/** The row of numbers that the insight stands out of, drawn by the server with the event marked. */
export function ChartPicture({ insight: { id, chart } }: { readonly insight: Insight }) {
  const theme = useComputedColorScheme("dark");
  if (chart === null) return null;
  const { series, window, marks } = chart;
  const path = `/api/v1/insights/${id}/picture`;
  const usual = marks.usual === null ? "" : ` Usual is ${formatQuantity(series.unit, marks.usual)}.`;
  return (
    <Panel
      title={series.name}
      aside={
        <span className={styles.downloads}>
          <a href={`${path}.svg`} download={`insight-${id}.svg`}>
            SVG
          </a>
          <a href={`${path}.png`} download={`insight-${id}.png`}>
            PNG
          </a>
        </span>
      }
    >
      <figure className={styles.figure}>
        <img
          src={`${path}.svg?theme=${theme}`}
          width={480}
          height={320}
          alt={`${series.name} of blocks ${formatCount(window.fromHeight)} to ${formatCount(window.toHeight)}, with ${nameOfEvent(chart)} marked.${usual}`}
        />
        <figcaption>
          {series.name}, block by block; {nameOfEvent(chart)} marked.{usual}
        </figcaption>
      </figure>
    </Panel>
  );
}
