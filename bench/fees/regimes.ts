import type { SimulationOrder, StagedKind } from "#chain";

export type RegimeName = "calm" | "surge" | "flush" | "everything";

/** Blocks from the beginning of one staged event to that of the next: most are over by then. */
const APART = 48;
const FIRST = 200;

/** A stretch of the simulated network in which fees behave in one way. */
export function orderOf(
  regime: RegimeName,
  { seed, blocks, density }: Pick<SimulationOrder, "seed" | "blocks" | "density">,
): SimulationOrder {
  const order = { seed, blocks, density, scheduled: regime === "everything" };
  const kind = KINDS[regime];
  if (kind === undefined) return order;
  let staged = -1;
  return {
    ...order,
    stage: ({ tip }) => {
      if (tip.height < FIRST || tip.height % APART !== 0 || staged === tip.height) return undefined;
      staged = tip.height;
      return { kind };
    },
  };
}

/** What is staged again and again: nothing in calm times, everything by the network's own schedule. */
const KINDS: Readonly<Partial<Record<RegimeName, StagedKind>>> = { surge: "fee-spike", flush: "mempool-flush" };
