import { useState } from "react";
import type { TransferLine } from "#contract";
import { formatBtcBriefly, formatDecimals } from "../format/numbers.ts";
import { CitedParty, CitedTransaction } from "../parts/cited.tsx";
import { type Column, SortedTable } from "../table/sorted-table.tsx";
import type { Sorting } from "../table/sorting.ts";
import styles from "./blocks.module.css";

const nameOf = (entity: TransferLine["from"]): string => entity?.actor ?? "unknown";

const COLUMNS: readonly Column<TransferLine>[] = [
  {
    id: "txid",
    title: "Transaction",
    text: true,
    value: ({ txid }) => txid,
    show: ({ txid }) => <CitedTransaction txid={txid} />,
  },
  { id: "value", title: "Value", value: ({ value }) => value, show: ({ value }) => formatBtcBriefly(value) },
  {
    id: "from",
    title: "From",
    text: true,
    wideOnly: true,
    value: ({ from }) => nameOf(from),
    show: ({ from }) => <CitedParty party={from} none="unknown" />,
  },
  {
    id: "to",
    title: "To",
    text: true,
    wideOnly: true,
    value: ({ to }) => nameOf(to),
    show: ({ to }) => <CitedParty party={to} none="unknown" />,
  },
  { id: "kind", title: "Kind", text: true, value: ({ kind }) => kind, show: ({ kind }) => kind ?? "" },
  {
    id: "age",
    title: "Age of coins",
    wideOnly: true,
    value: ({ coinAgeDays }) => coinAgeDays,
    show: ({ coinAgeDays }) => (coinAgeDays === null ? "unknown" : `${formatDecimals(coinAgeDays, 1)} d`),
  },
];

type Props = {
  readonly transfers: readonly TransferLine[];
  /** What is said where there is none. */
  readonly none?: string;
};

export function TransfersTable({ transfers, none = "There was none in this block." }: Props) {
  const [sorting, setSorting] = useState<Sorting>([]);
  return (
    <section aria-label="Transfers">
      <h2>Transfers of 100 BTC and more</h2>
      {transfers.length === 0 ? (
        <p className={styles.none}>{none}</p>
      ) : (
        <SortedTable
          label="Transfers of 100 BTC and more"
          columns={COLUMNS}
          rows={transfers}
          keyOf={({ txid }) => txid}
          sorting={sorting}
          onSort={setSorting}
        />
      )}
    </section>
  );
}
