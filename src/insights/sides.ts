import type { SPENDING_KINDS } from "#signals";
import type { Slot, Slots } from "./insight.ts";
import { besideUsual } from "./statements/measured.ts";

/** What one kind adds to an insight that another kind of the same spending leads: a clause, with slots of its own names. */
export type Addition = { readonly text: (slots: Slots) => string; readonly slots: (slots: Slots) => Slots };

const of =
  (roles: Readonly<Record<string, string>>) =>
  (slots: Slots): Slots =>
    Object.fromEntries(Object.entries(roles).flatMap(([role, own]) => (slots[own] ? [[role, slots[own]]] : [])));

/**
 * Of kinds that may tell of one spending, and of a sale that is part of an inflow, what each adds where another leads. A block of which one transaction makes most is
 * told with that transaction.
 */
const SIDES: Readonly<Record<(typeof SPENDING_KINDS)[number] | "treasury-sale", Addition>> = {
  "treasury-sale": {
    text: ({ soldUsual }) =>
      `{seller} sent {sold} to labelled owners within {soldIn} blocks${besideUsual(amountOf(soldUsual), "{soldUsual}")}`,
    slots: of({ seller: "subject", sold: "value", soldIn: "blocks", soldUsual: "baseline" }),
  },
  "large-transfer": { text: () => "", slots: () => ({}) },
  "dormant-coins": {
    text: () => "its coins had lain still for {age} on average",
    slots: of({ age: "value" }),
  },
  "revived-supply": {
    text: ({ revivedUsual }) =>
      `in its block {revived} of old coins changed hands${besideUsual(amountOf(revivedUsual), "{revivedUsual}")}`,
    slots: of({ revived: "value", revivedUsual: "baseline" }),
  },
  "coin-days-destroyed": {
    text: ({ endedUsual }) =>
      `what changed hands in its block destroyed {ended}${besideUsual(amountOf(endedUsual), "{endedUsual}")}`,
    slots: of({ ended: "value", endedUsual: "baseline" }),
  },
};

/** `undefined` of a kind that tells of no spending. */
export function sideOf(kind: string): Addition | undefined {
  return Object.entries(SIDES).find(([own]) => own === kind)?.[1];
}

function amountOf(slot: Slot | undefined): number | null {
  return typeof slot?.value === "number" ? slot.value : null;
}
