import type { MempoolSnapshot } from "#bitcoin";
import type { ChainBlock, FollowableSource } from "#chain";
import { listPackages, lowRateOf } from "#features";
import type { Insight } from "#insights";
import { type Logger, messageOf, sha256 } from "#lib";
import { type BlockPredictions, FeeForecaster, type MissingForecast } from "#signals";
import { type BlockToSave, type Database, getCursor, savePredictions } from "#store";
import { makePrediction } from "./make-prediction.ts";
import { replayFees } from "./replay-fees.ts";
import { PredictionBook } from "./prediction-book.ts";

/** BIP 141's limit less what Core keeps for header and coinbase (`-blockreservedweight`). */
const BLOCK_WEIGHT = 4_000_000 - 8_000;

/** Blocks that fee forecasts look back on: a day. */
const FEE_BLOCKS = 144;

type Options = {
  readonly db: Database;
  readonly source: Pick<FollowableSource, "network" | "chainId" | "blockWeight" | "watchMempool">;
  readonly logger: Logger;
};

/** All that is said about blocks to come while a chain is followed: by blocks, and by what waits on the newest one. */
export class Predictions {
  readonly book: PredictionBook;
  readonly #options: Options;
  /** Absent where the source sees no mempool. */
  readonly #fees: FeeForecaster | undefined;

  private constructor(options: Options, book: PredictionBook) {
    this.#options = options;
    this.book = book;
    const { blockWeight = BLOCK_WEIGHT, watchMempool } = options.source;
    this.#fees = watchMempool === undefined ? undefined : new FeeForecaster(blockWeight);
  }

  /** Goes on with what an earlier run stored. */
  static async open(options: Options): Promise<Predictions> {
    const { db, source } = options;
    const cursor = await getCursor(db);
    const book = await PredictionBook.open(db, source, cursor?.height ?? -1);
    const predictions = new Predictions(options, book);
    if (cursor !== undefined && predictions.#fees !== undefined) await replayFees(db, predictions.#fees, cursor);
    return predictions;
  }

  /** sat/vB; `undefined` where nothing is decided by it and nothing would be learnt from it. */
  lowRate({ height, bytes, spent }: ChainBlock, tipHeight: number): number | null | undefined {
    if (spent === undefined || this.#fees === undefined) return undefined;
    if (height <= tipHeight - FEE_BLOCKS && !this.book.needsLowRate(height)) return undefined;
    return lowRateOf(listPackages({ block: bytes, spent }, sha256));
  }

  /** @param said what each signal of the block says by itself */
  take(
    block: Omit<BlockToSave, "announce" | "predictions">,
    said: readonly Insight[],
    live: boolean,
  ): BlockPredictions {
    const { header, signals } = block;
    return this.book.take({ header, row: block, signals, insights: said, live });
  }

  /** Blocks that are stored now. */
  stored(blocks: readonly BlockToSave[]): void {
    for (const { header, lowRate } of blocks) {
      const { height, time, hash } = header;
      if (lowRate !== undefined) this.#fees?.connect({ height, time, hash, lowRate });
    }
  }

  /** Fees are forecast between blocks, in a transaction of their own: a forecast that was not entered was not made. */
  async look(snapshot: MempoolSnapshot): Promise<void> {
    const told = this.#fees?.look(snapshot);
    if (told === undefined) return;
    const { tip, time, drafts } = told;
    const moment = { height: tip.height, hash: tip.hash, time, live: true };
    const predictions = drafts.map((draft) => makePrediction(draft, moment));
    try {
      if (await savePredictions(this.#options.db, predictions)) this.book.add(predictions);
    } catch (error) {
      // Blocks are followed all the same.
      this.#options.logger.warn({ reason: messageOf(error) }, "forecasts of fees could not be stored");
    }
  }

  missing(): readonly MissingForecast[] {
    const reason = "This source does not tell what waits to be mined.";
    const fees = this.#fees?.missing() ?? [{ kind: "fee-rate", subject: null, reason } as const];
    return [...fees, ...this.book.missing()];
  }
}
