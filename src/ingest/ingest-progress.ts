import type { MempoolSnapshot } from "#bitcoin";
import type { ChainSource, SourceHealth } from "#chain";
import type { IngestState } from "#store";
import { SourceConditions } from "./source-conditions.ts";
import { healthAtAge } from "./tip-age.ts";

/** Smoothing of the rate: the newest second counts a fifth. */
const SMOOTHING = 0.2;

/** Of the fee rates of a projected block: lowest, the five percentiles, highest. */
const MEDIAN = 3;

type Work = { readonly blocksDone: number; readonly blocksTotal: number };

/** Header time in unix seconds. */
type NewestBlock = { readonly height: number; readonly time: number };

/** What ingest tells of itself: kept up to date while it works, written out with each heartbeat. */
export class IngestProgress {
  readonly #source: ChainSource;
  #tipHeight: number | null = null;
  #work: Work = { blocksDone: 0, blocksTotal: 0 };
  #blocksPerSecond: number | null = null;
  #mempool: IngestState["mempool"] = null;
  #newest: NewestBlock | undefined;
  #undone = 0;
  #mempoolLost = false;
  readonly #conditions = new SourceConditions();
  #model: IngestState["model"] = null;
  #missing: () => IngestState["missingForecasts"] = () => [];
  #measured = { blocksDone: 0, atMs: performance.now() };

  constructor(source: ChainSource) {
    this.#source = source;
  }

  /** `blocksTotal` is what there was to do at start; it does not grow with the tip. */
  update(work: Work, tipHeight: number | null): void {
    this.#work = work;
    this.#tipHeight = tipHeight;
  }

  /** The newest stored block. */
  sawBlock(newest: NewestBlock): void {
    this.#newest = newest;
  }

  sawMempool({ time, count, weight, totalFee, minFeeRate, projectedBlocks }: MempoolSnapshot): void {
    const nextBlockFeeRate = projectedBlocks[0]?.feeRates[MEDIAN] ?? null;
    this.#mempoolLost = false;
    this.#mempool = { time, count, weight, totalFee, minFeeRate, nextBlockFeeRate };
  }

  /** @param missing what is not forecast at present, and why */
  tellMissing(missing: () => IngestState["missingForecasts"]): void {
    this.#missing = missing;
  }

  /** A language model words new insights from now on. */
  tellModel(model: NonNullable<IngestState["model"]>): void {
    this.#model = model;
  }

  lostMempool(): void {
    this.#mempool = null;
    this.#mempoolLost = true;
  }

  /** Stored blocks that are undone and not replaced yet. */
  sawUndone(blocks: number): void {
    this.#undone = blocks;
  }

  /** Called about once a second. */
  measureRate(): void {
    const atMs = performance.now();
    const seconds = (atMs - this.#measured.atMs) / 1000;
    if (seconds < 0.1) return;
    const rate = (this.#work.blocksDone - this.#measured.blocksDone) / seconds;
    this.#blocksPerSecond =
      this.#blocksPerSecond === null ? rate : SMOOTHING * rate + (1 - SMOOTHING) * this.#blocksPerSecond;
    this.#measured = { blocksDone: this.#work.blocksDone, atMs };
  }

  /** While blocks are being caught up with, the newest stored one says nothing of the source. */
  #health(): SourceHealth {
    if (this.#source.kind === "set") return { state: "healthy", reason: null };
    const health = this.#source.health();
    const newest = this.#newest;
    if (newest === undefined || newest.height < (this.#tipHeight ?? Infinity)) return health;
    return healthAtAge(health, { time: newest.time, now: this.#source.now(), network: this.#source.network });
  }

  #quiet(sourceHealth: SourceHealth): IngestState["quiet"] {
    const behind = this.#tipHeight === null ? 0 : this.#tipHeight - (this.#newest?.height ?? -1);
    return this.#conditions.of({
      now: Math.floor(Date.now() / 1_000),
      health: sourceHealth,
      behind,
      undone: this.#undone,
      mempoolLost: this.#mempoolLost,
    });
  }

  state(): IngestState {
    const sourceHealth = this.#health();
    const { blocksDone, blocksTotal } = this.#work;
    // Once it is done there is no rate any more.
    const rate = blocksDone < blocksTotal ? this.#blocksPerSecond : null;
    return {
      source: this.#source.name,
      sourceKind: this.#source.kind,
      sourceDescription: this.#source.description,
      sourceHealth,
      chainTime: this.#source.now(),
      tipHeight: this.#tipHeight,
      backfill:
        blocksTotal === 0
          ? null
          : {
              blocksDone,
              blocksTotal,
              blocksPerSecond: rate,
              etaSeconds: rate === null || rate === 0 ? null : (blocksTotal - blocksDone) / rate,
            },
      quiet: this.#quiet(sourceHealth),
      mempool: this.#mempool,
      model: this.#model,
      missingForecasts: this.#missing(),
    };
  }
}
