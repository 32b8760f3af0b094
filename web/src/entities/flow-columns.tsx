import { Link } from "@tanstack/react-router";
import { formatBtcBriefly, formatCount } from "../format/numbers.ts";
import type { Column } from "../table/sorted-table.tsx";

/** What an entity received and spent, in a block or in a time; satoshis. */
type Flow = {
  readonly actor: string;
  readonly kind: string;
  readonly inflow: number;
  readonly outflow: number;
  readonly mined: number;
  readonly deposits: number;
  readonly withdrawals: number;
};

/** @param netWideOnly whether the difference is left out where the window is narrow */
export function flowColumns({ netWideOnly }: { readonly netWideOnly: boolean }): readonly Column<Flow>[] {
  return [
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
      wideOnly: netWideOnly,
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
}
