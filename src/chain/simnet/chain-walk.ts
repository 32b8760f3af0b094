import { setImmediate as nextTurn } from "node:timers/promises";
import type { BlockRef } from "../chain-source.ts";
import {
  advance,
  createWorld,
  type Density,
  type Happening,
  type LedgerEntry,
  takeEntries,
  type World,
} from "./economy/index.ts";
import type { StagedEvents } from "./staged-events.ts";

/** Which simulated chain: one seed, one density and what was staged on it make one chain. */
export type ChainIdentity = {
  readonly seed: number;
  readonly density: Density;
  readonly chainId: string;
  /** More may come while the chain goes on. */
  readonly staged: Pick<StagedEvents, "all" | "writing">;
};

/** Others have their turn at least so often, milliseconds. */
const LONGEST_TURN_MS = 15;

/** Somebody's way along a simulated chain. Each has a world of its own and moves it on. */
export class ChainWalk {
  readonly #identity: ChainIdentity;
  readonly world: World;
  /** The tip as a node sees it: of two branches that race, the one that will lose. */
  tip: BlockRef | undefined;
  /** What the newest step wrote into the ledger: for who asks for the truth, not for who reads blocks. */
  truths: readonly LedgerEntry[] = [];
  #turnBegan = performance.now();

  constructor(identity: ChainIdentity, world: World = createWorld(identity.seed, identity.density)) {
    this.#identity = identity;
    this.world = world;
    const { height, hash } = world.tip;
    this.tip = hash === undefined ? undefined : { height, hash };
  }

  /** What a node sees in the next step. */
  async step(): Promise<Happening[]> {
    if (performance.now() - this.#turnBegan > LONGEST_TURN_MS) {
      await nextTurn();
      this.#turnBegan = performance.now();
    }
    const { staged } = this.#identity;
    // Looked at again and again, as no turn may lie between the last look and the step.
    while (staged.writing !== undefined) await staged.writing;
    return this.stepAtOnce();
  }

  /** The same for who has nobody beside: others do not have their turn meanwhile. */
  stepAtOnce(): Happening[] {
    const happenings = advance(this.world, this.#identity.staged.all);
    this.truths = takeEntries(this.world.ledger);
    const last = happenings.at(-1);
    if (last?.type === "connect") this.tip = { height: last.block.height, hash: last.block.hash };
    return happenings;
  }
}
