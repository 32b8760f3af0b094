import type { ChartModel } from "./chart-model.ts";
import { formatMinute } from "../format/times.ts";
import styles from "./chart.module.css";
import { formatValue } from "./format-value.ts";

/** What is beyond it is in the CSV. */
const SHOWN = 500;

type Props = { readonly title: string; readonly model: ChartModel };

/** The same numbers for those who read them, newest first. */
export function ChartTable({ title, model }: Props) {
  const times = [...new Set(model.series.flatMap(({ points }) => points.map(({ time }) => time)))].toSorted().reverse();
  const columns = model.series.map(({ name, points }) => ({
    name,
    values: new Map(points.map(({ time, value }) => [time, value])),
  }));
  return (
    <div className={styles.tableFrame} tabIndex={0} role="region" aria-label={`${title}, as a table`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Time (UTC)</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.slice(0, SHOWN).map((time) => (
            <tr key={time}>
              <th scope="row">{formatMinute(time)}</th>
              {columns.map(({ name, values }) => {
                const value = values.get(time);
                return <td key={name}>{wordOf(model.unit, value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {times.length > SHOWN && (
        <p className={styles.note}>
          The newest {SHOWN} of {times.length}; the CSV has all.
        </p>
      )}
    </div>
  );
}

function wordOf(unit: string, value: number | null | undefined): string {
  if (value === null) return "not known";
  return value === undefined ? "–" : formatValue(unit, value);
}
