import type { Slot, Slots } from "./insight.ts";
import { writeText } from "./write-text.ts";

/** What fits in one line of a list. */
export const HEADLINE_LENGTH = 90;

const ELLIPSIS = "…";
const LEAST_NAME = 8;

/** A headline of at most 90 characters: where names are long their ends are left out; the evidence has them whole. */
export function writeHeadline(template: string, slots: Slots): string {
  let names = Math.max(0, ...Object.values(slots).map((slot) => (slot.unit === "name" ? slot.value.length : 0)));
  let headline = writeText(template, slots);
  while (headline.length > HEADLINE_LENGTH && names > LEAST_NAME) {
    names -= 1;
    headline = writeText(template, shortenNames(slots, names));
  }
  return headline;
}

function shortenNames(slots: Slots, length: number): Slots {
  const shorten = (slot: Slot): Slot =>
    slot.unit === "name" && slot.value.length > length
      ? { ...slot, value: `${slot.value.slice(0, length - 1).trimEnd()}${ELLIPSIS}` }
      : slot;
  return Object.fromEntries(Object.entries(slots).map(([role, slot]) => [role, shorten(slot)]));
}
