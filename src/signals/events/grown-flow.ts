import type { BlockRow, Signal, SignalKind } from "../signal.ts";

/** An event that goes on, with what it has come to. */
export type Grown = {
  readonly first: Signal;
  /** Satoshis that came (or left) since the first of its blocks; of other kinds it means nothing. */
  readonly moved: number;
  /** The largest transactions of its blocks. */
  readonly cited: Signal["transfers"];
};

/** Kinds that tell how much came to an entity or left it: of a longer event that is the whole of it, not its last hours. */
const SIDES: Partial<Readonly<Record<SignalKind, { readonly field: "inflow" | "outflow"; readonly name: string }>>> = {
  "inflow-spike": { field: "inflow", name: "Inflow" },
  "outflow-spike": { field: "outflow", name: "Outflow" },
};

/** What a block adds to it, satoshis. */
export function movedIn({ flows }: BlockRow, first: Signal): number {
  const side = SIDES[first.kind];
  if (side === undefined) return 0;
  const { subject } = first;
  const flow = flows.entities.find(({ entity }) => entity.actor === subject?.actor && entity.kind === subject.kind);
  return flow?.[side.field] ?? 0;
}

/** An event as it stands: what is seen now, of a flow with all that came since it began. */
export function standsAt(seen: Signal, { first, moved, cited }: Grown): Signal {
  const side = SIDES[seen.kind];
  if (side === undefined) return { ...seen, transfers: cited };
  const [stoodOut] = seen.metrics;
  if (stoodOut === undefined) throw new Error(`a ${seen.kind} says what stood out`);
  const { startHeight } = first;
  const blocks = (value: number) => ({ unit: "count" as const, value, baseline: null, level: null });
  return {
    ...seen,
    startHeight,
    metrics: [
      stoodOut,
      { ...blocks(moved), name: `${side.name} of ${seen.height - startHeight + 1} blocks`, unit: "sats" },
      { ...blocks(seen.height - seen.startHeight + 1), name: "Blocks of the span that is compared" },
    ],
    transfers: cited,
  };
}
