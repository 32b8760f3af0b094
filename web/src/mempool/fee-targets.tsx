import { useQuery } from "@tanstack/react-query";
import type { RecommendedFees } from "#contract";
import { formatFeeRate } from "../format/numbers.ts";
import { recommendedFees } from "../server/chain-queries.ts";
import styles from "./mempool.module.css";

type Target = RecommendedFees["targets"][number];

const LEVEL = 0.8;
const WORDS: Readonly<Record<number, string>> = { 1: "Into the next block", 144: "Within a day" };

/** What it takes by what waits now, and what is forecast beside it. */
export function FeeTargets() {
  const { data } = useQuery(recommendedFees);
  if (data === undefined) return null;
  return (
    <section aria-label="Fee rates">
      <dl className={styles.targets}>
        {data.targets.map((target) => (
          <div key={target.withinBlocks}>
            <dt>{WORDS[target.withinBlocks] ?? `Within ${target.withinBlocks} blocks`}</dt>
            <dd className={styles.rate}>
              {target.feeRate === null ? "–" : formatFeeRate(target.feeRate)} <span>sat/vB</span>
            </dd>
            <dd className={styles.forecast}>{describeForecast(target)}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>
        The lowest package fee rate that is in so many of the blocks that could be made now; more may come in before
        they are found, which the forecast allows for where there is one.
      </p>
    </section>
  );
}

function describeForecast({ forecast }: Target): string {
  if (forecast === null) return "no forecast yet";
  const shown = forecast.intervals.find(({ level }) => level === LEVEL);
  const between =
    shown === undefined ? "" : `, ${formatFeeRate(shown.low)} to ${formatFeeRate(shown.high)} in 80 of 100`;
  return `forecast ${formatFeeRate(forecast.median)}${between}`;
}
