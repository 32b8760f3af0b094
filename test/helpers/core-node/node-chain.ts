import { type BlockHash, type BlockHeader, HEADER_SIZE, parseHeader, type SpentOutputs, workOf } from "#bitcoin";

/** A block as the node has it. `spent` with coin heights, as a node knows them, wherever `getblock 3` is asked for. */
export type NodeBlock = {
  readonly height: number;
  readonly hash: BlockHash;
  readonly bytes: Uint8Array;
  readonly spent: SpentOutputs | undefined;
  /** Bytes that it takes in the node's files. */
  readonly sizeOnDisk?: number;
};

export type IndexedBlock = NodeBlock & {
  readonly header: BlockHeader;
  /** The parent; in a list with gaps the next lower block. */
  readonly below: IndexedBlock | undefined;
  /** Of the block and all below it. */
  readonly chainWork: bigint;
  /** Place in the list that was given: the order in which a node heard of blocks. */
  readonly arrival: number;
};

/** What a node does in one go before it tells of its new tip. */
export type ChainStep = { readonly disconnected: readonly IndexedBlock[]; readonly connected: readonly IndexedBlock[] };

/** All blocks there are, those that the node has heard of, and its active chain. */
export class NodeChain {
  readonly #blocks = new Map<string, IndexedBlock>();
  readonly #heard = new Set<string>();
  #active: IndexedBlock[] = [];
  #byHeight = new Map<number, IndexedBlock>();

  /** Blocks in the order of their arrival, forks included. */
  add(blocks: readonly NodeBlock[]): void {
    const first = this.#blocks.size;
    const arrivals = new Map(blocks.map(({ hash }, index) => [hash, first + index]));
    for (const block of blocks.toSorted((left, right) => left.height - right.height)) {
      const header = parseHeader(block.bytes.subarray(0, HEADER_SIZE));
      const below = this.#blocks.get(header.prevHash) ?? this.#nextLower(block.height);
      const chainWork = (below?.chainWork ?? 0n) + workOf(header.bits);
      const arrival = arrivals.get(block.hash) ?? first;
      this.#blocks.set(block.hash, { ...block, header, below, chainWork, arrival });
    }
  }

  #nextLower(height: number): IndexedBlock | undefined {
    let best: IndexedBlock | undefined;
    for (const block of this.#blocks.values()) {
      if (block.height < height && block.height > (best?.height ?? -1)) best = block;
    }
    return best;
  }

  get tip(): IndexedBlock {
    const tip = this.#active.at(-1);
    if (tip === undefined) throw new Error("the node has no block");
    return tip;
  }

  /** Blocks that the node has heard of. */
  find(hash: string): IndexedBlock | undefined {
    return this.#heard.has(hash) ? this.#blocks.get(hash) : undefined;
  }

  heard(): IndexedBlock[] {
    return [...this.#blocks.values()].filter(({ hash }) => this.#heard.has(hash));
  }

  at(height: number): IndexedBlock | undefined {
    return this.#byHeight.get(height);
  }

  isActive(block: IndexedBlock): boolean {
    return this.#byHeight.get(block.height) === block;
  }

  /** A block by its hash, or by its height in the branch with most work. */
  get(which: number | string): IndexedBlock {
    const block =
      typeof which === "string" ? this.#blocks.get(which) : this.#best()?.find(({ height }) => height === which);
    if (block === undefined) throw new Error(`there is no block ${which}`);
    return block;
  }

  /** The tip of the branch with most work; of equal ones that of the first to arrive. */
  bestTip(): IndexedBlock {
    const [best] = [...this.#blocks.values()].toSorted(byWork);
    if (best === undefined) throw new Error("the node has no block");
    return best;
  }

  #best(): IndexedBlock[] {
    return this.#blocks.size === 0 ? [] : branchOf(this.bestTip());
  }

  /** The next block on the way from the tip to most work: above it, or else by a reorg. */
  next(): IndexedBlock | undefined {
    const tip = this.tip;
    const ranked = [...this.#blocks.values()].toSorted(byWork);
    for (const block of ranked) {
      const next = stepAbove(tip, block);
      if (next !== undefined) return next;
    }
    const [best] = ranked;
    return best !== undefined && best.chainWork > tip.chainWork ? best : undefined;
  }

  /** What a node does on its way there: a reorg up to more work than it had, then one block after another. */
  stepsTo(target: IndexedBlock): ChainStep[] {
    const branch = branchOf(target);
    const staying = this.#active.filter((block, index) => branch[index] === block).length;
    const disconnected = this.#active.slice(staying).toReversed();
    const toConnect = branch.slice(staying);
    if (disconnected.length === 0) return toConnect.map((block) => ({ disconnected: [], connected: [block] }));
    const better = toConnect.findIndex(({ chainWork }) => chainWork > this.tip.chainWork);
    const together = better === -1 ? toConnect.length : better + 1;
    return [
      { disconnected, connected: toConnect.slice(0, together) },
      ...toConnect.slice(together).map((block) => ({ disconnected: [], connected: [block] })),
    ];
  }

  apply({ disconnected, connected }: ChainStep): void {
    const kept = this.#active.length - disconnected.length;
    this.#active = [...this.#active.slice(0, kept), ...connected];
    for (const { height } of disconnected) this.#byHeight.delete(height);
    for (const block of connected) {
      this.#byHeight.set(block.height, block);
      this.#hear(block);
    }
  }

  /** Begins there; the node has heard of all that came before. */
  begin(target: IndexedBlock): void {
    this.apply({ disconnected: [], connected: branchOf(target) });
    for (const block of this.#blocks.values()) if (block.arrival <= target.arrival) this.#hear(block);
  }

  #hear(block: IndexedBlock): void {
    this.#heard.add(block.hash);
  }
}

/** The block of this branch that stands on `below`. */
function stepAbove(below: IndexedBlock, branchTip: IndexedBlock): IndexedBlock | undefined {
  let block: IndexedBlock | undefined = branchTip;
  while (block !== undefined && block.height > below.height && block.below !== below) block = block.below;
  return block?.below === below ? block : undefined;
}

/** Ascending, from the lowest block there is. */
function branchOf(tip: IndexedBlock): IndexedBlock[] {
  const branch: IndexedBlock[] = [];
  for (let block: IndexedBlock | undefined = tip; block !== undefined; block = block.below) branch.push(block);
  return branch.reverse();
}

function byWork(left: IndexedBlock, right: IndexedBlock): number {
  if (left.chainWork === right.chainWork) return left.arrival - right.arrival;
  return left.chainWork > right.chainWork ? -1 : 1;
}
