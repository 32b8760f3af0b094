import type { Slots } from "../insight.ts";

/** A number that a text may state, and where in a sentence it may stand: `@` is the number, `#` any other. */
export type Fact = {
  readonly role: string;
  readonly units: readonly string[];
  /** In the base unit of the first of its units. */
  readonly value: number;
  readonly where?: RegExp;
  readonly not?: RegExp;
  /** A rank is cut off, never rounded up. */
  readonly floors?: boolean;
};

/** `undefined` where its value is not known. */
export function derived(role: string, value: number, rest: Omit<Fact, "role" | "value">): Fact | undefined {
  return Number.isFinite(value) ? { role, value, ...rest } : undefined;
}

/** The number of a slot; `NaN` where there is none. */
export function number(slots: Slots, role: string): number {
  const value = slots[role]?.value;
  return typeof value === "number" ? value : Number.NaN;
}

/** The number of a slot, as it stands there. */
export function fact(
  slots: Slots,
  role: string,
  units: readonly string[],
  rest: Omit<Fact, "role" | "units" | "value">,
): Fact | undefined {
  return derived(role, number(slots, role), { units, ...rest });
}
