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
