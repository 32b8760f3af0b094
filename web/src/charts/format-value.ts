import { formatBtcBriefly, formatCount, formatFeeRate } from "../format/numbers.ts";
import { writeNumber } from "../format/intl.ts";

const SI = ["", "k", "M", "G", "T", "P", "E", "Z"] as const;

/** A value of a metric with its unit, as people read it; units are those of the catalogue of metrics. */
export function formatValue(unit: string, value: number, locale?: string): string {
  switch (unit) {
    case "satoshis":
      return formatBtcBriefly(value, locale);
    case "sat/vB":
      return `${formatFeeRate(value, locale)} sat/vB`;
    case "share":
      return `${digits(100 * value, 3, locale)} %`;
    case "hashes/s":
      return `${scaled(value, locale)}H/s`;
    case "seconds":
      return `${digits(value / 60, 3, locale)} min`;
    case "bytes":
      return `${scaled(value, locale)}B`;
    case "weight units":
      return `${scaled(value, locale)}WU`;
    case "ratio":
      return scaled(value, locale).trimEnd();
    // Their chart is called by it.
    case "insights":
    case "signals":
      return formatCount(value, locale);
    case "days":
    case "BTC · days":
      return `${digits(value, 4, locale)} ${unit}`;
    default:
      return `${Number.isInteger(value) ? formatCount(value, locale) : digits(value, 4, locale)} ${unit}`;
  }
}

/** The same for an axis, where the unit stands once above it. */
export function formatTick(unit: string, value: number, locale?: string): string {
  switch (unit) {
    case "satoshis":
      return scaled(value / 1e8, locale).trimEnd();
    case "share":
      return `${digits(100 * value, 3, locale)} %`;
    case "seconds":
      return digits(value / 60, 3, locale);
    default:
      return scaled(value, locale).trimEnd();
  }
}

/** What the numbers of an axis are in. */
export function unitOfAxis(unit: string): string {
  if (unit === "satoshis") return "BTC";
  if (unit === "seconds") return "minutes";
  return unit === "share" ? "" : unit;
}

function digits(value: number, significant: number, locale?: string): string {
  const options =
    Math.abs(value) >= 10 ** significant ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: significant };
  return writeNumber(value, options, locale);
}

/** With a prefix of the SI, and a space before what follows. */
function scaled(value: number, locale?: string): string {
  const step = Math.min(Math.max(Math.floor(Math.log10(Math.max(Math.abs(value), 1)) / 3), 0), SI.length - 1);
  return `${digits(value / 1_000 ** step, 3, locale)} ${SI[step]}`;
}
