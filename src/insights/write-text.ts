import type { Slot, Slots } from "./insight.ts";

/**
 * Fills `{role}` places of a template with its slots, each written in the one way that its unit has.
 * The template itself holds no digit: every number of a text comes from a slot, and every slot from evidence.
 * @throws Error for a digit in the template or a role without a slot: a mistake of ours, found by the tests
 */
export function writeText(template: string, slots: Slots): string {
  if (/\d/.test(template)) throw new Error(`the template "${template}" holds a number that no slot backs`);
  return template.replaceAll(/\{(\w+)\}/g, (_, role: string) => {
    const slot = slots[role];
    if (slot === undefined) throw new Error(`the template "${template}" has no slot for {${role}}`);
    return writeSlot(slot, role);
  });
}

/** A text whose last sentence goes on, so that it has no more of them than before. */
export function continueText(text: string, more: string): string {
  return more === "" ? text : `${text.replace(/\.$/, "")}; ${more}`;
}

/** Percentages of which a hundred is all there is; a change by a hundred percent is not. */
const OF_A_WHOLE: ReadonlySet<string> = new Set(["percentile", "room"]);

/** The one place where units, rounding and grouping are decided. @param role a rank is never rounded up */
export function writeSlot(slot: Slot, role?: string): string {
  switch (slot.unit) {
    case "sats":
      return `${writeBtc(slot.value)} BTC`;
    case "sat/vB":
      return `${twoDecimalsBelowTen(slot.value)} sat/vB`;
    case "percent":
      return slot.value === 100 && role !== undefined && OF_A_WHOLE.has(role)
        ? "all"
        : `${writePercent(slot.value, role === "percentile")} %`;
    case "ratio":
      return oneDecimalBelowTen(slot.value);
    case "count":
    case "height":
      // Of what is expected or usual there may be parts.
      return slot.value
        .toFixed(1)
        .replace(/\.0$/, "")
        .replace(/^\d+/, (whole) => group(Number(whole)));
    case "days":
      return `${twoDecimalsBelowTen(slot.value)} days`;
    case "coin-days":
      return Math.round(slot.value) === 1 ? "1 coin day" : `${group(Math.round(slot.value))} coin days`;
    case "seconds":
      return writeDuration(slot.value);
    case "H/s":
      return `${writeSi(slot.value)}H/s`;
    case "WU":
      return `${group(Math.round(slot.value))} WU`;
    case "txid":
    case "address":
      return shorten(slot.value);
    default:
      return slot.value;
  }
}

/** What is not all does not read as all. */
function writePercent(value: number, isRank: boolean): string {
  return isRank || (value < 100 && value >= 99.95) ? floorTo(value, 1) : value.toFixed(1);
}

const MOST_DECIMALS = 8;

/** Four significant digits in prose, whole BTC from 1,000 on. */
function writeBtc(sats: number): string {
  const btc = Number((sats / 100_000_000).toPrecision(4));
  if (btc >= 1_000) return group(Math.round(sats / 100_000_000));
  return btc.toFixed(8).replace(/\.?0+$/, "");
}

/** A decimal below ten, and none of nothing; of less than a twentieth the first digit that is not zero. */
function oneDecimalBelowTen(value: number): string {
  if (value === 0) return "0";
  if (value > 0 && value < 0.05) {
    const digit = Number(value.toPrecision(1));
    return digit.toFixed(Math.min(MOST_DECIMALS, Math.ceil(-Math.log10(digit))));
  }
  const tenths = Math.round(value * 10) / 10;
  return tenths < 10 ? tenths.toFixed(1) : group(Math.round(value));
}

const DAY_MINUTES = 1_440;

/** Minutes below two hours, hours and minutes below three days, days and their tenths from there on. */
function writeDuration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  if (minutes >= 3 * DAY_MINUTES) return `${(seconds / 86_400).toFixed(1).replace(/\.0$/, "")} days`;
  const rest = minutes % 60;
  return rest === 0 ? `${group(minutes / 60)} h` : `${group(Math.floor(minutes / 60))} h ${rest} min`;
}

/** So exact that a ratio beside it agrees with it; a zero at the end is left out. */
function twoDecimalsBelowTen(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  if (rounded >= 10 || value < 0.05) return oneDecimalBelowTen(value);
  return rounded.toFixed(2).replace(/0$/, "");
}

const SI_PREFIXES = ["", "k", "M", "G", "T", "P", "E", "Z"] as const;

function writeSi(value: number): string {
  const step = Math.min(Math.max(Math.floor(Math.log10(Math.max(value, 1)) / 3), 0), SI_PREFIXES.length - 1);
  return `${Number((value / 1_000 ** step).toPrecision(3))} ${SI_PREFIXES[step]}`;
}

/** A hash or address with its middle left out; the evidence has it whole. */
function shorten(text: string): string {
  return text.length <= 19 ? text : `${text.slice(0, 10)}…${text.slice(-8)}`;
}

function floorTo(value: number, decimals: number): string {
  const scale = 10 ** decimals;
  return (Math.floor(value * scale) / scale).toFixed(decimals);
}

function group(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ",");
}
