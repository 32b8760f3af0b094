import { useState } from "react";
import type { Block } from "#contract";
import { flowColumns } from "../entities/flow-columns.tsx";
import { formatPercent } from "../format/numbers.ts";
import { SortedTable } from "../table/sorted-table.tsx";
import type { Sorting } from "../table/sorting.ts";
import styles from "./blocks.module.css";

type Flow = Block["flows"][number];

const COLUMNS = flowColumns({ netWideOnly: false });

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
