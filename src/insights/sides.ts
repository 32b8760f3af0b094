import type { SPENDING_KINDS } from "#signals";
import type { Slots } from "./insight.ts";

/** What one kind adds to an insight that another kind of the same spending leads: slots under names of their own. */
export type Addition = { readonly text: string; readonly slots: (slots: Slots) => Slots };

const of =
  (roles: Readonly<Record<string, string>>) =>
  (slots: Slots): Slots =>
    Object.fromEntries(Object.entries(roles).flatMap(([role, own]) => (slots[own] ? [[role, slots[own]]] : [])));

/**
 * Of kinds that may tell of one spending, what each adds where another leads. A block of which one transaction makes most is
 * told with that transaction.
 */
export const SIDES: Readonly<Record<(typeof SPENDING_KINDS)[number], Addition>> = {
  "large-transfer": { text: "", slots: () => ({}) },
  "dormant-coins": {
    text: "its coins had lain still for {age} on average",
    slots: of({ age: "value" }),
  },
  "revived-supply": {
    text: "of what changes hands, its block spends {revived} of old coins, where {revivedUsual} is usual",
    slots: of({ revived: "value", revivedUsual: "baseline" }),
  },
  "coin-days-destroyed": {
    text: "what changes hands in its block destroys {ended}, where {endedUsual} is usual",
    slots: of({ ended: "value", endedUsual: "baseline" }),
  },
};

/** `undefined` of a kind that tells of no spending. */
export function sideOf(kind: string): Addition | undefined {
  return Object.entries(SIDES).find(([own]) => own === kind)?.[1];
}
