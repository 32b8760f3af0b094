import { useQuery } from "@tanstack/react-query";
import type { ForecastList, Scorecard } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { Needs } from "../parts/needs.tsx";
import { Panel } from "../parts/panel.tsx";
import { forecasts, scorecard } from "../server/queries.ts";
import { formatForecast, nameOfPrediction, SHOWN_LEVEL } from "./describe-prediction.ts";
import styles from "./predictions.module.css";

type Forecast = ForecastList["forecasts"][number];

/**
 * What is expected, between what and what, how often it was so for others of its kind, and by which block; and what is not
 * forecast, with the reason.
 */
export function ForecastsPanel() {
  return (
    <Needs title="Forecasts" permission="chain" className={styles.quiet}>
      <Expected />
    </Needs>
  );
}

function Expected() {
  const { data, isError } = useQuery(forecasts);
  if (data === undefined) {
    return (
      <Panel title="Forecasts">
        <p className={styles.quiet}>{isError ? "Forecasts cannot be read now." : "Reading the forecasts…"}</p>
      </Panel>
    );
  }
  return (
    <Panel title="Forecasts" aside={<span>80 of 100 shall lie between</span>}>
      {data.forecasts.length === 0 ? (
        <p className={styles.quiet}>Forecasts appear here once enough was seen to learn from.</p>
      ) : (
        <Table forecasts={data.forecasts.toSorted(byName)} />
      )}
      <Missing missing={data.missing} />
    </Panel>
  );
}

const ORDER: readonly string[] = ["fee-rate", "next-difficulty", "next-halving", "exchange-pressure"];

/** Fees first and the sooner the higher, exchanges last and all of them together before each. */
function byName(left: Forecast, right: Forecast): number {
  const order = ORDER.indexOf(left.kind) - ORDER.indexOf(right.kind);
  if (order !== 0) return order;
  if (left.kind === "fee-rate") return left.dueHeight - left.height - (right.dueHeight - right.height);
  return (left.subject ?? "").localeCompare(right.subject ?? "");
}

/** So few that were decided say nothing. */
const ENOUGH_DECIDED = 10;

/** How many of a hundred of its kind lay between so far. */
function soFar({ kind, subject }: Forecast, kinds: Scorecard["kinds"]): number | undefined {
  // Exchanges are scored together.
  const scored = kind === "exchange-pressure" ? null : subject;
  const found = kinds.find((one) => one.kind === kind && one.subject === scored);
  const interval = found?.intervals.find(({ level }) => level === SHOWN_LEVEL);
  return interval === undefined || interval.n < ENOUGH_DECIDED ? undefined : Math.round(100 * interval.coverage);
}

function Table({ forecasts: list }: { readonly forecasts: readonly Forecast[] }) {
  const kinds = useQuery(scorecard).data?.kinds ?? [];
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col" className={styles.number}>
            Middle
          </th>
          <th scope="col" className={styles.number}>
            Between
          </th>
          <th scope="col" className={styles.number}>
            So far
          </th>
          <th scope="col" className={`${styles.number} ${styles.wide}`}>
            By block
          </th>
        </tr>
      </thead>
      <tbody>
        {list.map((forecast) => (
          <Row key={forecast.id} forecast={forecast} soFar={soFar(forecast, kinds)} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ forecast, soFar: held }: { readonly forecast: Forecast; readonly soFar: number | undefined }) {
  const { median, intervals, unit, rule, height, dueHeight } = forecast;
  const shown = intervals.find(({ level }) => level === SHOWN_LEVEL);
  return (
    <tr title={`${rule} Said after block ${formatCount(height)}.`}>
      <th scope="row">
        {nameOfPrediction(forecast)}
        {unit === "sat/vB" && <span className={styles.unit}> sat/vB</span>}
      </th>
      <td className={styles.number}>{formatForecast(median, forecast)}</td>
      <td className={`${styles.number} ${styles.range}`}>
        {shown !== undefined && `${formatForecast(shown.low, forecast)} to ${formatForecast(shown.high, forecast)}`}
      </td>
      <td className={`${styles.number} ${styles.range}`}>{held === undefined ? "–" : `${held} of 100`}</td>
      <td className={`${styles.number} ${styles.range} ${styles.wide}`}>{formatCount(dueHeight)}</td>
    </tr>
  );
}

function Missing({ missing }: Pick<ForecastList, "missing">) {
  const byReason = Map.groupBy(missing, ({ reason }) => reason);
  return (
    <ul className={styles.missing}>
      {[...byReason].map(([reason, list]) => (
        <li key={reason}>
          <strong>{list.map(nameOfPrediction).join(" · ")}</strong> {reason}
        </li>
      ))}
    </ul>
  );
}
