/** Words before a number that say how it was rounded. */
export type Hedge = "none" | "about" | "below" | "above";

/** A number as a text states it, in the base unit of its kind: satoshis, seconds, days, hashes per second. */
export type Quantity = {
  /** Base unit; `bare` where the text names none, or the noun that is counted: "blocks", "hours". */
  readonly unit: string;
  readonly value: number;
  /** What one step of the last digit that was written is worth, and of the last digit that is not zero. */
  readonly step: number;
  readonly coarseStep: number;
  readonly hedge: Hedge;
  /** Written as a part of a whole ("a third") or as a multiple ("twice"), not in digits. */
  readonly isWord: boolean;
};

/** Whether what is stated is a true rounding of what was measured. `floors`: a rank is never rounded up. */
export function isTrueRounding(stated: Quantity, actual: number, floors = false): boolean {
  const { value, hedge, coarseStep, isWord } = stated;
  const tiny = Math.max(Math.abs(actual), Math.abs(value)) * 1e-13;
  switch (hedge) {
    case "about":
      return Math.abs(actual - value) <= Math.min(coarseStep / 2, Math.abs(value) * (isWord ? 0.06 : 0.05)) + tiny;
    case "below":
      return actual < value && value - actual < Math.min(coarseStep, value * 0.07);
    case "above":
      return actual > value && actual - value < (isWord ? value * 0.25 : coarseStep);
    default:
      return floors ? actual >= value - tiny && actual - value < stated.step : isNearest(stated, actual);
  }
}

/** Rounded to the digits that were written; a share of a hundred may be cut off instead, as our own texts do. */
function isNearest({ value, step, unit, isWord }: Quantity, actual: number): boolean {
  const tiny = Math.max(Math.abs(actual), Math.abs(value)) * 1e-13;
  if (isWord) return Math.abs(actual - value) <= value * 0.03 + tiny;
  if (unit === "percent" && actual >= value - tiny && actual - value < step) return true;
  // A half is rounded up; of an amount either way, as its decimal fraction has no exact binary one.
  const isHalf = unit !== "sats" && actual - value >= step / 2 - tiny;
  return !isHalf && Math.abs(actual - value) <= step / 2 + tiny;
}
