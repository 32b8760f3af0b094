/** Numbers that span orders of magnitude are compared by their logarithm: one step up is twice as much. */
export type Scale = {
  readonly to: (value: number) => number;
  readonly from: (scaled: number) => number;
};

/** log2(1 + value/unit): straight for values below the unit, a logarithm above it. Zero stays zero. */
export function logarithmic(unit: number): Scale {
  return {
    to: (value) => Math.log2(1 + value / unit),
    from: (scaled) => unit * (2 ** scaled - 1),
  };
}

/** Steps in a doubling, and the doublings on each side of zero: 2^-10 to 2^60. */
const STEPS = 16;
const DOUBLINGS = 70;
const FINEST = 1_024;

/** Step of a logarithmic scale in which a value lies: what shares it is about as high. */
export function stepOf(value: number): number {
  if (value === 0) return DOUBLINGS * STEPS;
  const doublings = Math.sign(value) * Math.log2(1 + Math.abs(value) * FINEST);
  return Math.min(Math.max(Math.floor((doublings + DOUBLINGS) * STEPS), 0), 2 * DOUBLINGS * STEPS - 1);
}
