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
    return writeSlot(slot);
  });
}

/** The one place where units, rounding and grouping are decided. */
export function writeSlot(slot: Slot): string {
  switch (slot.unit) {
    case "sats":
      return `${writeBtc(slot.value)} BTC`;
    case "sat/vB":
      return `${oneDecimalBelowTen(slot.value)} sat/vB`;
    case "percent":
      return slot.value === 100 ? "all" : `${floorTo(slot.value, 1)} %`;
    case "ratio":
      return oneDecimalBelowTen(slot.value);
    case "count":
    case "height":
      return group(slot.value);
    case "txid":
    case "address":
      return shorten(slot.value);
    default:
      return slot.value;
  }
}

/** Four significant digits in prose, whole BTC from 1,000 on. */
function writeBtc(sats: number): string {
  const btc = Number((sats / 100_000_000).toPrecision(4));
  if (btc >= 1_000) return group(Math.round(sats / 100_000_000));
  return btc.toFixed(8).replace(/\.?0+$/, "");
}

function oneDecimalBelowTen(value: number): string {
  const tenths = Math.round(value * 10) / 10;
  return tenths < 10 ? tenths.toFixed(1) : group(Math.round(value));
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
