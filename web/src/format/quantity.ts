import type { Insight } from "#contract";
import { writeNumber } from "./intl.ts";
import { formatBtc, formatCount, formatFeeRate, formatPercent } from "./numbers.ts";

type Unit = Insight["evidence"]["metrics"][number]["unit"];

const SI = ["", "k", "M", "G", "T", "P", "E", "Z"] as const;

/** A measured number with its unit. */
export function formatQuantity(unit: Unit, value: number, locale?: string): string {
  switch (unit) {
    case "sats":
      return formatBtc(value, locale);
    case "sat/vB":
      return `${formatFeeRate(value, locale)} sat/vB`;
    case "percent":
      return formatPercent(value, locale);
    case "count":
      return formatCount(value, locale);
    case "ratio":
      return writeNumber(value, { maximumSignificantDigits: 3 }, locale);
    case "seconds":
      return formatSpan(value, locale);
    case "days":
      return `${writeNumber(value, { maximumFractionDigits: value < 10 ? 2 : 1 }, locale)} days`;
    case "coin-days":
      return `${formatCount(value, locale)} coin days`;
    case "WU":
      return `${formatCount(value, locale)} WU`;
    case "H/s":
      return formatHashRate(value, locale);
  }
}

const DAY_MINUTES = 1_440;

/** As texts write it: minutes below two hours, hours and minutes below three days, days and their tenths from there on. */
function formatSpan(seconds: number, locale?: string): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${formatCount(minutes, locale)} min`;
  if (minutes >= 3 * DAY_MINUTES) {
    return `${writeNumber(minutes / DAY_MINUTES, { maximumFractionDigits: 1 }, locale)} days`;
  }
  const rest = minutes % 60;
  return `${formatCount(Math.floor(minutes / 60), locale)} h${rest === 0 ? "" : ` ${rest} min`}`;
}

function formatHashRate(value: number, locale?: string): string {
  const step = Math.min(Math.max(Math.floor(Math.log10(Math.max(value, 1)) / 3), 0), SI.length - 1);
  const digits = writeNumber(value / 1_000 ** step, { maximumSignificantDigits: 3 }, locale);
  return `${digits} ${SI[step]}H/s`;
}
