import { type BlockFeatures, PARENT_TIMES } from "#features";
import { type BlockRow, Detection, type Detector, lookBackOf, type Signal } from "#signals";

/** Blocks from one copy of the state to the next. */
const COPY_BLOCKS = 72;
/** Copies that are kept: with them a reorg of a hundred blocks needs nothing from the store. */
const COPIES = 3;

type Copy = { readonly height: number; readonly detection: Detection };

/** Detection along a chain whose newest blocks may be taken back. */
export class ChainDetection {
  readonly #detectors: readonly Detector[];
  #detection: Detection;
  /** Newest blocks, ascending: those that came after the oldest copy, and some before it. */
  #rows: BlockRow[] = [];
  /** The state after the block of each height, ascending. */
  #copies: Copy[] = [];
  /** Whether blocks were taken back since the state was made. */
  #isStale = false;
  /** Blocks that the state was made of still fall short of the look-back by so many: a copy of it is not to be gone back to. */
  #missing = 0;

  /** @param rows what is known of the chain, the newest last: as many as its detectors look back, or all there are */
  constructor(detectors: readonly Detector[], rows: readonly BlockRow[]) {
    this.#detectors = detectors;
    this.#detection = new Detection(detectors);
    this.#takeAll(rows);
  }

  /** Features of the newest blocks, the last one last: enough for whatever a block asks of its parents. */
  parents(): readonly BlockFeatures[] {
    return this.#rows.slice(-PARENT_TIMES).map(({ features }) => features);
  }

  /** Why kinds were silent in the newest block. */
  get quiet(): Detection["quiet"] {
    return this.#detection.quiet;
  }

  /** Which events have grown in the newest block. */
  get updates(): Detection["updates"] {
    return this.#detection.updates;
  }

  /** What is known of the blocks up to the newest. */
  get recollection(): Detection["recollection"] {
    return this.#detection.recollection;
  }

  /** What stands out in the block that follows. */
  take(row: BlockRow): Signal[] {
    const signals = this.#detection.take(row);
    this.#rows.push(row);
    const { height } = row.features;
    this.#missing -= 1;
    if (height % COPY_BLOCKS === 0 && this.#missing <= 0) this.#keepCopy(height);
    return signals;
  }

  /** What its detectors remember once it is settled. */
  state(): ReturnType<Detection["state"]> {
    return this.#detection.state();
  }

  takeBack(): void {
    this.#rows.pop();
    this.#isStale = true;
  }

  /**
   * Makes the state that of the newest block again.
   * @param listRows asks the store for what it needs, where too much was taken back for it to know itself
   */
  async settle(listRows: () => Promise<readonly BlockRow[]>): Promise<void> {
    if (!this.#isStale) return;
    this.#isStale = false;
    const height = this.#rows.at(-1)?.features.height ?? -1;
    this.#copies = this.#copies.filter((copy) => copy.height <= height);
    const newest = this.#copies.at(-1);
    if (newest === undefined) {
      this.#rows = [];
      this.#detection = new Detection(this.#detectors);
      this.#takeAll(await listRows());
      return;
    }
    this.#detection = newest.detection.copy();
    for (const row of this.#rows) if (row.features.height > newest.height) this.#detection.take(row);
  }

  #takeAll(rows: readonly BlockRow[]): void {
    const lookBack = lookBackOf(this.#detectors);
    // Fewer are all there are, and nothing came before them.
    this.#missing = rows.length < lookBack ? 0 : lookBack;
    for (const row of rows) this.take(row);
  }

  #keepCopy(height: number): void {
    this.#copies.push({ height, detection: this.#detection.copy() });
    if (this.#copies.length <= COPIES) return;
    this.#copies.shift();
    const oldest = this.#copies[0]?.height ?? height;
    // Parents of the block after the oldest copy are needed too.
    this.#rows = this.#rows.filter(({ features }) => features.height > oldest - 10);
  }
}
