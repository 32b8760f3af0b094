import { useState } from "react";
import type { Scorecard } from "#contract";
import { formatCount, formatDecimals } from "../format/numbers.ts";
import { nameOfPrediction } from "../predictions/describe-prediction.ts";
import { type Column, SortedTable } from "../table/sorted-table.tsx";
import type { Sorting } from "../table/sorting.ts";
import styles from "./scorecard.module.css";

type Kind = Scorecard["kinds"][number];

const score = (value: number | null | undefined): string =>
  typeof value === "number" ? formatDecimals(value, 3).replace("-", "−") : "–";

const COLUMNS: readonly Column<Kind>[] = [
  { id: "kind", title: "Claim", text: true, value: nameOfPrediction, show: nameOfPrediction },
  { id: "made", title: "Made", wideOnly: true, value: ({ made }) => made, show: ({ made }) => formatCount(made) },
  { id: "open", title: "Open", wideOnly: true, value: ({ open }) => open, show: ({ open }) => formatCount(open) },
  { id: "decided", title: "Decided", value: ({ decided }) => decided, show: ({ decided }) => formatCount(decided) },
  {
    id: "true",
    title: "Came true",
    value: ({ claims, decided }) => (claims === null || decided === 0 ? null : claims.cameTrue / decided),
    show: ({ claims, decided }) =>
      claims === null || decided === 0 ? "–" : `${Math.round((100 * claims.cameTrue) / decided)} %`,
  },
  {
    id: "brier",
    title: "Brier",
    value: ({ claims }) => claims?.brier ?? null,
    show: ({ claims }) => score(claims?.brier),
  },
  {
    id: "skill",
    title: "Skill",
    wideOnly: true,
    value: ({ claims }) => claims?.skill ?? null,
    show: ({ claims }) => score(claims?.skill),
  },
  {
    id: "calibration",
    title: "Calibration error",
    wideOnly: true,
    value: ({ claims }) => claims?.calibrationError ?? null,
    show: ({ claims }) => score(claims?.calibrationError),
  },
  {
    id: "withdrawn",
    title: "Withdrawn",
    wideOnly: true,
    value: ({ withdrawn }) => withdrawn,
    show: ({ withdrawn }) => formatCount(withdrawn),
  },
];

/** Claims that come true or not, kind by kind. */
export function ClaimsTable({ kinds }: { readonly kinds: readonly Kind[] }) {
  const [sorting, setSorting] = useState<Sorting>([{ column: "decided", falling: true }]);
  return (
    <section>
      <h2 className={styles.title}>Claims</h2>
      {kinds.length === 0 ? (
        <p className={styles.note}>Claims are scored here once blocks have decided them.</p>
      ) : (
        <SortedTable
          label="Claims"
          columns={COLUMNS}
          rows={kinds}
          keyOf={({ kind, subject }) => `${kind} ${subject ?? ""}`}
          sorting={sorting}
          onSort={setSorting}
        />
      )}
      <p className={styles.note}>
        Brier: mean square of what was said less what came, 0 is best. Skill: how much better than always saying how
        often the kind comes true; below 0 it is worse. Withdrawn: its block left the chain.
      </p>
    </section>
  );
}
