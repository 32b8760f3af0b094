import type { BlockHash, MempoolSnapshot } from "#bitcoin";
import type { ChainBlock } from "#chain";
import { type BlockExpectation, compareWithExpected, type ExpectedBlock } from "#features";
import { type Logger, messageOf, sha256 } from "#lib";
import { type Database, KEPT_TEMPLATES, listTemplates, saveMempoolSnapshot } from "#store";
import { InflowSinceStored } from "./inflow-since-stored.ts";

/** Seconds of the source's clock from one stored snapshot to the next. */
const STORE_EVERY = 30;

type RecorderOptions = { readonly db: Database; readonly retentionDays: number; readonly logger: Logger };

/**
 * Stores what waits: the first snapshot on a tip, one each half minute, and the last before the next block, with which
 * that block is then compared.
 *
 * Only what is *certain* counts: a snapshot between two others on the same tip. A node is asked for its tip and for its
 * transactions one after the other; where a block comes between, the answers do not belong together, and the
 * transactions that the block holds would be missed in it, or awaited in the next one.
 */
export class MempoolRecorder {
  readonly #options: RecorderOptions;
  /** The two newest, the newest last. */
  #seen: readonly MempoolSnapshot[] = [];
  #certain: MempoolSnapshot | undefined;
  #stored: MempoolSnapshot | undefined;
  readonly #inflow = new InflowSinceStored();
  /** What is stored, by tip: a block may be read long after it came. */
  readonly #expected: Map<BlockHash, ExpectedBlock>;
  /** One after the other: a block may come while a snapshot is being stored. */
  #writing: Promise<void> = Promise.resolve();

  private constructor(options: RecorderOptions, expected: Map<BlockHash, ExpectedBlock>) {
    this.#options = options;
    this.#expected = expected;
  }

  /** Goes on with what an earlier run stored. */
  static async open(options: RecorderOptions): Promise<MempoolRecorder> {
    const templates = await listTemplates(options.db);
    return new MempoolRecorder(options, new Map(templates.map((template) => [template.tip, template])));
  }

  async take(snapshot: MempoolSnapshot): Promise<void> {
    const [before, middle] = this.#seen;
    this.#seen = [...this.#seen.slice(-1), snapshot];
    this.#inflow.take(snapshot);
    if (before === undefined || middle === undefined) return;
    if (!isSameTip(before, middle) || !isSameTip(middle, snapshot)) return;
    const last = this.#certain;
    this.#certain = middle;
    if (last !== undefined && !isSameTip(last, middle)) await this.#store(last);
    if (this.#isDue(middle)) await this.#store(middle);
  }

  /** `undefined` where nothing certain was seen on the block's parent. */
  async compare(block: ChainBlock, parent: BlockHash): Promise<BlockExpectation | undefined> {
    if (this.#certain?.tip?.hash === parent) await this.#store(this.#certain);
    const expected = this.#expected.get(parent);
    return expected && compareWithExpected({ block: block.bytes, spent: block.spent }, expected, sha256);
  }

  #isDue(snapshot: MempoolSnapshot): boolean {
    const stored = this.#stored;
    if (stored === undefined || !isSameTip(stored, snapshot)) return true;
    // A clock that was set back is no reason to wait until it is where it was.
    return Math.abs(snapshot.time - stored.time) >= STORE_EVERY;
  }

  async #store(snapshot: MempoolSnapshot): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write(snapshot));
    await this.#writing;
  }

  /** Blocks are followed all the same where it fails; they are then compared with what was stored before. */
  async #write(snapshot: MempoolSnapshot): Promise<void> {
    const { db, retentionDays, logger } = this.#options;
    if (this.#stored === snapshot) return;
    try {
      await saveMempoolSnapshot(db, this.#inflow.upTo(snapshot), retentionDays);
      this.#stored = snapshot;
      this.#remember(snapshot);
    } catch (error) {
      logger.warn({ reason: messageOf(error) }, "what waits could not be stored");
    }
  }

  #remember({ tip, time, nextBlockTxids: txids, projectedBlocks }: MempoolSnapshot): void {
    if (tip === null || txids === null) return;
    this.#expected.delete(tip.hash);
    this.#expected.set(tip.hash, { time, txids, totalFee: projectedBlocks[0]?.totalFee ?? 0 });
    const [oldest] = this.#expected.keys();
    if (this.#expected.size > KEPT_TEMPLATES && oldest !== undefined) this.#expected.delete(oldest);
  }
}

function isSameTip({ tip }: MempoolSnapshot, other: MempoolSnapshot): boolean {
  return tip?.hash === other.tip?.hash;
}
