import type { Scorecard } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { nameOfPrediction } from "../predictions/describe-prediction.ts";
import styles from "./scorecard.module.css";

type Kind = Scorecard["kinds"][number];

/** Forecasts: how often the truth lay between, beside how often it should have. */
export function IntervalsTable({ kinds }: { readonly kinds: readonly Kind[] }) {
  const levels = [...new Set(kinds.flatMap(({ intervals }) => intervals.map(({ level }) => level)))].toSorted(
    (a, b) => a - b,
  );
  if (kinds.length === 0) return null;
  return (
    <section>
      <h2 className={styles.title}>Forecasts, how often the truth lay between</h2>
      <div className={styles.frame} tabIndex={0} role="region" aria-label="Coverage of forecasts">
        <table className={styles.coverage}>
          <thead>
            <tr>
              <th scope="col">Forecast</th>
              <th scope="col">Decided</th>
              {levels.map((level) => (
                <th key={level} scope="col">
                  of {Math.round(100 * level)} %
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => (
              <tr key={`${kind.kind} ${kind.subject ?? ""}`}>
                <th scope="row">{kind.kind === "exchange-pressure" ? "Exchange pressure" : nameOfPrediction(kind)}</th>
                <td>{formatCount(kind.decided)}</td>
                {levels.map((level) => {
                  const found = kind.intervals.find((interval) => interval.level === level);
                  return <td key={level}>{found === undefined ? "–" : `${Math.round(100 * found.coverage)} %`}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.note}>
        A forecast that is as sure as it says covers 80 of 100 at 80 %. Forecasts of one kind that overlap are not
        independent: few decided ones say little.
      </p>
    </section>
  );
}
