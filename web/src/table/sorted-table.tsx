import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { ROLES } from "./roles.ts";
import { SortBy } from "./sort-by.tsx";
import { pressColumn, type Sorting, sortRows, type SortValue } from "./sorting.ts";
import styles from "./table.module.css";
import { useRowsInSight } from "./use-rows-in-sight.ts";

export type Column<Row> = {
  readonly id: string;
  readonly title: string;
  readonly value: (row: Row) => SortValue;
  readonly show: (row: Row) => ReactNode;
  /** Texts stand at the left, numbers at the right. */
  readonly text?: boolean;
  /** Where the window is narrow it is left out; on a phone, where each row is a card, it is there again. */
  readonly wideOnly?: boolean;
};

type Props<Row> = {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
  /** Whether the rows came in this order, out of more than are shown. */
  readonly ordered?: boolean;
};

/**
 * A table that is sorted by its heads, by several of them with Shift; on a phone each row is a card.
 */
export function SortedTable<Row>({ label, columns, rows, keyOf, sorting, onSort, ordered }: Props<Row>) {
  const byId = new Map(columns.map((column) => [column.id, column]));
  const sorted = ordered === true ? rows : sortRows(rows, sorting, (row, id) => byId.get(id)?.value(row) ?? null);
  const body = useRef<HTMLTableSectionElement>(null);
  const { places, above, below, measure } = useRowsInSight(sorted.length, body);
  return (
    <div className={styles.frame} tabIndex={0} role="region" aria-label={label}>
      <SortBy columns={columns} sorting={sorting} onSort={onSort} />
      <table {...ROLES.table} className={styles.table} aria-rowcount={sorted.length + 1}>
        <thead {...ROLES.group}>
          <tr {...ROLES.row}>
            {columns.map(({ id, title, text = false, wideOnly = false }) => {
              const order = sorting.find(({ column }) => column === id);
              return (
                <th
                  key={id}
                  {...ROLES.head}
                  scope="col"
                  data-text={text}
                  data-wide={wideOnly}
                  aria-sort={sortWord(order)}
                >
                  <button type="button" onClick={({ shiftKey }) => onSort(pressColumn(sorting, id, shiftKey))}>
                    {title}
                    {order !== undefined && (order.falling ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody {...ROLES.group} ref={body}>
          <Gap height={above} />
          {places.map((place) => {
            const row = sorted[place];
            if (row === undefined) return null;
            return (
              <tr key={keyOf(row)} {...ROLES.row} ref={measure} data-index={place} aria-rowindex={place + 2}>
                {columns.map(({ id, title, show, text = false, wideOnly = false }) => (
                  <td key={id} {...ROLES.cell} data-title={title} data-text={text} data-wide={wideOnly}>
                    {show(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          <Gap height={below} />
        </tbody>
      </table>
    </div>
  );
}

/** Where rows stand that are not drawn. */
function Gap({ height }: { readonly height: number }) {
  return height <= 0 ? null : <tr aria-hidden="true" className={styles.gap} style={{ height }} />;
}

function sortWord(order: Sorting[number] | undefined): "ascending" | "descending" | "none" {
  if (order === undefined) return "none";
  return order.falling ? "descending" : "ascending";
}
