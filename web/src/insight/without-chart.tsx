import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Insight } from "#contract";
import { SeriesChart } from "../metrics/series-chart.tsx";
import { Panel } from "../parts/panel.tsx";
import styles from "./insight.module.css";

const DAY_MS = 86_400_000;
const DAYS_BEFORE = 21;
const DAYS_AFTER = 7;

/** How fast blocks are found follows from many of them: a day has enough that luck does not hide it. */
function PaceOfBlocks({ blockTime }: Insight) {
  const to = new Date(Date.parse(blockTime) + DAYS_AFTER * DAY_MS).toISOString();
  return (
    <SeriesChart
      title="Time between blocks"
      range={{ days: DAYS_BEFORE + DAYS_AFTER, to, resolution: "day" }}
      level={{ name: "ten minutes", value: 600 }}
      lines={[{ metric: "interval", agg: "mean", name: "Mean of a day", hue: "miner", shape: "line" }]}
    />
  );
}

function Words({ children }: { readonly children: ReactNode }) {
  return (
    <Panel title="Why there is no chart">
      <p className={styles.inner}>{children}</p>
    </Panel>
  );
}

/** In the place of its chart for what no number of single blocks shows. */
export function WithoutChart({ insight }: { readonly insight: Insight }) {
  switch (insight.kind) {
    case "hash-rate":
    case "difficulty-outlook":
      return <PaceOfBlocks {...insight} />;
    case "pool-run":
      return (
        <Words>
          Who found which block is no number that could be drawn. The evidence below names the blocks, and{" "}
          <Link to="/blocks" search={{}}>
            the table of blocks
          </Link>{" "}
          their pools.
        </Words>
      );
    default:
      return <Words>No number that each block has shows this. The evidence below has all that it follows from.</Words>;
  }
}
