import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Block } from "#contract";
import { formatBtcBriefly, formatCount, formatPercent } from "../format/numbers.ts";
import { type Column, SortedTable } from "../table/sorted-table.tsx";
import type { Sorting } from "../table/sorting.ts";
import styles from "./blocks.module.css";

type Flow = Block["flows"][number];

const COLUMNS: readonly Column<Flow>[] = [
  {
    id: "actor",
    title: "Entity",
    text: true,
    value: ({ actor }) => actor,
    show: ({ actor }) => (
      <Link to="/entities/$actor" params={{ actor }}>
        {actor}
      </Link>
    ),
  },
  { id: "kind", title: "Kind", text: true, wideOnly: true, value: ({ kind }) => kind, show: ({ kind }) => kind },
  { id: "in", title: "In", value: ({ inflow }) => inflow, show: ({ inflow }) => formatBtcBriefly(inflow) },
  { id: "out", title: "Out", value: ({ outflow }) => outflow, show: ({ outflow }) => formatBtcBriefly(outflow) },
  {
    id: "net",
    title: "Net",
    value: ({ inflow, outflow }) => inflow - outflow,
    show: ({ inflow, outflow }) => formatBtcBriefly(inflow - outflow),
  },
  {
    id: "mined",
    title: "Mined",
    wideOnly: true,
    value: ({ mined }) => mined,
    show: ({ mined }) => (mined === 0 ? "" : formatBtcBriefly(mined)),
  },
  {
    id: "deposits",
    title: "Deposits",
    wideOnly: true,
    value: ({ deposits }) => deposits,
    show: ({ deposits }) => formatCount(deposits),
  },
  {
    id: "withdrawals",
    title: "Withdrawals",
    wideOnly: true,
    value: ({ withdrawals }) => withdrawals,
    show: ({ withdrawals }) => formatCount(withdrawals),
  },
];

type Props = { readonly flows: readonly Flow[]; readonly coverage: number | null };

/** Who received and spent what, by the newest labels. */
export function FlowsTable({ flows, coverage }: Props) {
  const [sorting, setSorting] = useState<Sorting>([]);
  const known = coverage === null ? "unknown" : formatPercent(100 * coverage);
  return (
    <section aria-label="Flows">
      <h2>Flows of labelled entities</h2>
      {flows.length === 0 ? (
        <p className={styles.none}>No labelled entity took part.</p>
      ) : (
        <SortedTable
          label="Flows of labelled entities"
          columns={COLUMNS}
          rows={flows}
          keyOf={({ actor, kind }) => `${actor} ${kind}`}
          sorting={sorting}
          onSort={setSorting}
        />
      )}
      <p className={styles.none}>Of the value that the block moves, the owner is known of {known}.</p>
    </section>
  );
}
