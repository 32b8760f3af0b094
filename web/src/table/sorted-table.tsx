import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { pressColumn, type Sorting, sortRows, type SortValue } from "./sorting.ts";
import styles from "./table.module.css";

export type Column<Row> = {
  readonly id: string;
  readonly title: string;
  readonly value: (row: Row) => SortValue;
  readonly show: (row: Row) => ReactNode;
  /** Texts stand at the left, numbers at the right. */
  readonly text?: boolean;
  /** Where the window is narrow it is left out. */
  readonly wideOnly?: boolean;
};

type Props<Row> = {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
};

/** A table that is sorted by its heads, by several of them with Shift. */
export function SortedTable<Row>({ label, columns, rows, keyOf, sorting, onSort }: Props<Row>) {
  const byId = new Map(columns.map((column) => [column.id, column]));
  const sorted = sortRows(rows, sorting, (row, id) => byId.get(id)?.value(row) ?? null);
  return (
    <div className={styles.frame} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map(({ id, title, text = false, wideOnly = false }) => {
              const order = sorting.find(({ column }) => column === id);
              return (
                <th key={id} scope="col" data-text={text} data-wide={wideOnly} aria-sort={sortWord(order)}>
                  <button type="button" onClick={({ shiftKey }) => onSort(pressColumn(sorting, id, shiftKey))}>
                    {title}
                    {order !== undefined && (order.falling ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ id, show, text = false, wideOnly = false }) => (
                <td key={id} data-text={text} data-wide={wideOnly}>
                  {show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function sortWord(order: Sorting[number] | undefined): "ascending" | "descending" | "none" {
  if (order === undefined) return "none";
  return order.falling ? "descending" : "ascending";
}
