import { Link } from "@tanstack/react-router";
import type { BlockLine } from "#contract";
import { formatBtcBriefly, formatCount, formatFeeRate, formatPercent } from "../format/numbers.ts";
import { useStatus } from "../live/use-status.ts";
import { ChainTime } from "../parts/chain-time.tsx";
import { CitedEntity } from "../parts/cited.tsx";
import type { Column } from "../table/sorted-table.tsx";

const MOST_WEIGHT = 4_000_000;

export const BLOCK_COLUMNS: readonly Column<BlockLine>[] = [
  {
    id: "height",
    title: "Height",
    text: true,
    value: ({ height }) => height,
    show: ({ height }) => (
      <Link to="/blocks/$height" params={{ height: String(height) }}>
        {formatCount(height)}
      </Link>
    ),
  },
  { id: "time", title: "Found", text: true, value: ({ time }) => time, show: ({ time }) => <Found time={time} /> },
  {
    id: "pool",
    title: "Pool",
    text: true,
    wideOnly: true,
    value: ({ pool }) => pool,
    show: ({ pool }) => (pool === null ? "Unknown" : <CitedEntity actor={pool} />),
  },
  { id: "txs", title: "Transactions", wideOnly: true, value: ({ txs }) => txs, show: ({ txs }) => formatCount(txs) },
  {
    id: "median",
    title: "Median sat/vB",
    value: ({ feeRates }) => feeRates?.median ?? null,
    show: ({ feeRates }) => (feeRates === null ? "unknown" : formatFeeRate(feeRates.median)),
  },
  {
    id: "high",
    title: "10 to 90 %",
    wideOnly: true,
    value: ({ feeRates }) => feeRates?.high ?? null,
    show: ({ feeRates }) =>
      feeRates === null ? "unknown" : `${formatFeeRate(feeRates.low)} to ${formatFeeRate(feeRates.high)}`,
  },
  {
    id: "fees",
    title: "Fees",
    wideOnly: true,
    value: ({ fees }) => fees,
    show: ({ fees }) => (fees === null ? "unknown" : formatBtcBriefly(fees)),
  },
  {
    id: "weight",
    title: "Full",
    wideOnly: true,
    value: ({ weight }) => weight,
    show: ({ weight }) => formatPercent((100 * weight) / MOST_WEIGHT),
  },
  {
    id: "totalOut",
    title: "Outputs",
    wideOnly: true,
    value: ({ totalOut }) => totalOut,
    show: ({ totalOut }) => formatBtcBriefly(totalOut),
  },
  { id: "signals", title: "Signals", value: ({ signals }) => signals, show: ({ signals }) => formatCount(signals) },
];

function Found({ time }: Pick<BlockLine, "time">) {
  return <ChainTime time={time} simulated={useStatus(({ simulated }) => simulated) ?? false} />;
}
