import { useQuery } from "@tanstack/react-query";
import type { RecommendedFees } from "#contract";
import { formatFeeRate } from "../format/numbers.ts";
import { Panel } from "../parts/panel.tsx";
import { recommendedFees } from "../server/chain-queries.ts";
import { type LogScale, logScale } from "./log-scale.ts";
import styles from "./fee-fan.module.css";

type Target = RecommendedFees["targets"][number];
type Forecast = NonNullable<Target["forecast"]>;

/** How sure each forecast is: a fan of the rates between which 50, 80 and 95 of 100 shall lie. */
export function FeeFan() {
  const { data } = useQuery(recommendedFees);
  const known = (data?.targets ?? []).filter(({ forecast }) => forecast !== null);
  const scale = logScale(known.flatMap(valuesOf));
  if (scale === undefined) {
    return (
      <Panel title="Fee forecasts" aside={<span>sat/vB</span>}>
        <p className={styles.none}>None yet: they are made with each block, of what was seen before it.</p>
      </Panel>
    );
  }
  return (
    <Panel title="Fee forecasts" aside={<span>sat/vB</span>}>
      <ol className={styles.fan}>
        {known.map(({ withinBlocks, feeRate, forecast }) => (
          <li key={withinBlocks}>
            <span>{withinBlocks === 1 ? "1 block" : `${withinBlocks} blocks`}</span>
            {forecast !== null && <Bands scale={scale} forecast={forecast} now={feeRate} />}
            <strong>{forecast !== null && formatFeeRate(forecast.median)}</strong>
          </li>
        ))}
        <li className={styles.axis} aria-hidden="true">
          <span />
          <span className={styles.track}>
            {scale.ticks.map((tick) => (
              <span key={tick} style={{ left: `${scale.placeOf(tick)}%` }}>
                {tick}
              </span>
            ))}
          </span>
          <span />
        </li>
      </ol>
      <p className={styles.note}>
        From the middle outwards: where 50, 80 and 95 of 100 shall lie. The line is the middle, the ring what it takes
        by what waits now.
      </p>
    </Panel>
  );
}

type BandsProps = { readonly scale: LogScale; readonly forecast: Forecast; readonly now: number | null };

function Bands({ scale, forecast: { median, intervals }, now }: BandsProps) {
  const widest = intervals.toSorted((left, right) => right.level - left.level);
  const spoken = widest
    .map(({ level, low, high }) => `${level * 100} of 100 from ${formatFeeRate(low)} to ${formatFeeRate(high)}`)
    .join("; ");
  return (
    <span className={styles.track} role="img" aria-label={spoken}>
      {widest.map(({ level, low, high }) => (
        <span
          key={level}
          className={styles.band}
          style={{ left: `${scale.placeOf(low)}%`, right: `${100 - scale.placeOf(high)}%` }}
        />
      ))}
      <span className={styles.median} style={{ left: `${scale.placeOf(median)}%` }} />
      {now !== null && <span className={styles.now} style={{ left: `${scale.placeOf(now)}%` }} />}
    </span>
  );
}

function valuesOf({ feeRate, forecast }: Target): number[] {
  const bounds = (forecast?.intervals ?? []).flatMap(({ low, high }) => [low, high]);
  return [...bounds, ...(feeRate === null ? [] : [feeRate])];
}
