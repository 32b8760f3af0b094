import type { SimulationOrder, StagedKind } from "#chain";

/** The model was made on the first four, and has seen none of the others. */
export type RegimeName = "calm" | "surge" | "flush" | "everything" | "inscriptions" | "consolidations" | "fewer miners";

const FIRST = 200;

/** A stretch of the simulated network in which fees behave in one way. */
export function orderOf(
  regime: RegimeName,
  { seed, blocks, density }: Pick<SimulationOrder, "seed" | "blocks" | "density">,
): SimulationOrder {
  const order = { seed, blocks, density, scheduled: regime === "everything" };
  const staged = STAGED[regime];
  if (staged === undefined) return order;
  const { kind, apart } = staged;
  let last = -1;
  return {
    ...order,
    stage: ({ tip }) => {
      if (tip.height < FIRST || tip.height % apart !== 0 || last === tip.height) return undefined;
      last = tip.height;
      return { kind };
    },
  };
}

/**
 * What is staged again and again: nothing in calm times, everything by the network's own schedule. `apart` is the blocks
 * from one beginning to the next: most are over by then.
 */
const STAGED: Readonly<Partial<Record<RegimeName, { readonly kind: StagedKind; readonly apart: number }>>> = {
  surge: { kind: "fee-spike", apart: 48 },
  flush: { kind: "mempool-flush", apart: 48 },
  inscriptions: { kind: "inscription-wave", apart: 144 },
  consolidations: { kind: "consolidation-wave", apart: 144 },
  "fewer miners": { kind: "hash-rate-drop", apart: 432 },
};
