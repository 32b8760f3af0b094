import type { BlockHash } from "#bitcoin";
import { invariant } from "#lib";
import type { ChainLink } from "../chain-source.ts";

/** The newest blocks of the chain that the caller holds: so many that the deepest reorg can be undone, and its fork point. */
export class HeldChain {
  readonly #capacity: number;
  readonly #links: ChainLink[];
  #whole: boolean;

  constructor(links: readonly ChainLink[], finality: number) {
    this.#capacity = finality + 1;
    this.#links = links.slice(-this.#capacity);
    this.#whole = links.length < this.#capacity;
    for (const [index, link] of this.#links.entries()) {
      invariant(link.height === (this.#links[0]?.height ?? 0) + index, "held blocks come one height after another");
    }
  }

  get first(): ChainLink | undefined {
    return this.#links[0];
  }

  /** Whether nothing is held below the first. */
  get isWhole(): boolean {
    return this.#whole;
  }

  get last(): ChainLink | undefined {
    return this.#links.at(-1);
  }

  /** The highest block that stands at its height in `hashes`, which begin with that of our first. */
  findFork(hashes: readonly BlockHash[]): ChainLink | undefined {
    return this.#links.findLast((link, index) => hashes[index] === link.hash);
  }

  /** Ascending; all where there is no fork. */
  above(fork: ChainLink | undefined): readonly ChainLink[] {
    return fork === undefined ? this.#links : this.#links.filter(({ height }) => height > fork.height);
  }

  push(link: ChainLink): void {
    invariant(this.last === undefined || link.height === this.last.height + 1, "a block connects to the one below it");
    this.#links.push(link);
    if (this.#links.length <= this.#capacity) return;
    this.#links.shift();
    this.#whole = false;
  }

  pop(): ChainLink | undefined {
    return this.#links.pop();
  }
}
