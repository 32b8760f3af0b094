import { Random } from "../chance/random.ts";
import type { World } from "../world.ts";
import { STAGED_KINDS, type StagedKind } from "./kinds.ts";

/** Blocks from one scheduled event to the next: about nine minutes of wall time at the usual pace. */
const SLOT_BLOCKS = 55;
/** Wallets need some history before anything stands out. */
const FIRST_SLOT = 3;
/** Soon after the history of a first start. */
const BLOCKS_AFTER_HISTORY = 1;

/** What a newcomer sees on the page and understands. */
const PLAIN_KINDS: readonly StagedKind[] = ["inflow-spike", "fee-spike"];

const ROUND_SLOTS = STAGED_KINDS.length;
/** Of a kind, from one round to the next: not so soon that both become one. */
const LEAST_SLOTS_APART = ROUND_SLOTS / 2;

export type Scheduled = {
  readonly kind: StagedKind;
  /** How often each kind was staged before. */
  readonly round: number;
};

/** What the schedule begins when the tip is at `height`. It follows from seed, density and height alone. */
export function scheduledAt({ seed, density }: Pick<World, "seed" | "density">, height: number): Scheduled | undefined {
  const firstLive = density.historyBlocks + BLOCKS_AFTER_HISTORY;
  const position = Math.floor(height / SLOT_BLOCKS) - FIRST_SLOT;
  if (position < 0 || (height - firstLive) % SLOT_BLOCKS !== 0) return undefined;
  const plainPosition = Math.floor(firstLive / SLOT_BLOCKS) - FIRST_SLOT;
  const round = Math.floor(position / ROUND_SLOTS);
  const kind = orderOf(seed, round, plainPosition)[position % ROUND_SLOTS];
  return kind && { kind, round };
}

/** The kinds of a round in its own order, so that what coincides does so by chance. */
function orderOf(seed: number, round: number, plainPosition: number): readonly StagedKind[] {
  let order: readonly StagedKind[] = [];
  for (let current = 0; current <= round; current += 1) {
    const isPlain = Math.floor(plainPosition / ROUND_SLOTS) === current;
    const random = new Random(`simnet schedule ${seed} ${current}`);
    order = nextOrder(order, isPlain ? plainPosition % ROUND_SLOTS : undefined, random);
  }
  return order;
}

/** Whoever came last picks first: each has the same choice of slots that are far enough from its own of the round before. */
function nextOrder(before: readonly StagedKind[], plainPosition: number | undefined, random: Random): StagedKind[] {
  const order: (StagedKind | undefined)[] = STAGED_KINDS.map(() => undefined);
  const plain = before.length === 0 ? random.pick(PLAIN_KINDS) : before.find((kind) => PLAIN_KINDS.includes(kind));
  if (plainPosition !== undefined) order[plainPosition] = plain;
  for (const [back, kind] of (before.length === 0 ? STAGED_KINDS : before).toReversed().entries()) {
    if (order.includes(kind)) continue;
    const first = before.length === 0 ? 0 : ROUND_SLOTS - 1 - back - LEAST_SLOTS_APART;
    const free = order.flatMap((taken, slot) => (taken === undefined && slot >= first ? [slot] : []));
    order[random.pick(free)] = kind;
  }
  return order.filter((kind) => kind !== undefined);
}
