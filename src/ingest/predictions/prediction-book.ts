import type { FollowableSource } from "#chain";
import type { Insight } from "#insights";
import {
  type BlockPredictions,
  type Calibration,
  type DecidingRow,
  isTaughtBeforehand,
  LONGEST_DECISION,
  type MissingForecast,
  type Prediction,
  resolvePrediction,
  type Resolution,
  scoreOutcome,
  type Signal,
} from "#signals";
import { type BlockToSave, type Database, listDecidedClaims, listOpenPredictions, type StoredHeader } from "#store";
import { ChainForecasts } from "./chain-forecasts.ts";
import { listClaims } from "./list-claims.ts";
import { listDecidingRows } from "./deciding-rows.ts";
import { makePrediction, type Moment } from "./make-prediction.ts";
import { OwnOutcomes } from "./own-outcomes.ts";

/** Rows that are kept beyond those that decide: with them a reorg of so many blocks asks the store for none. */
const SPARE_ROWS = 144;

type Block = {
  readonly header: StoredHeader;
  readonly row: DecidingRow;
  readonly signals: readonly Signal[];
  readonly insights: readonly Insight[];
  readonly live: boolean;
};

/** Whose blocks they are. */
type Chain = Pick<FollowableSource, "network" | "chainId">;

/** The newest stored block that is still of the chain, and blocks above it that are not stored yet. */
export type Standing = { readonly height: number; readonly pending: readonly BlockToSave[] };

/**
 * What was said about blocks to come along a chain whose newest blocks may be taken back: what is open, what a block
 * resolves, and what is said after it. All of it can be read again from the store.
 */
export class PredictionBook {
  readonly #db: Database;
  readonly #chain: Chain;
  /** No table that comes along was learnt on such a chain. */
  readonly #learns: boolean;
  readonly #forecasts: ChainForecasts;
  #open = new Map<string, Prediction>();
  /** Newest blocks, ascending. */
  #rows: DecidingRow[] = [];
  #outcomes: OwnOutcomes;
  #isStale = false;

  private constructor(db: Database, chain: Chain, forecasts: ChainForecasts) {
    this.#db = db;
    this.#chain = chain;
    this.#learns = !isTaughtBeforehand({ simulated: chain.network.simulated, chainId: chain.chainId });
    this.#forecasts = forecasts;
    this.#outcomes = new OwnOutcomes(chain.network.name, []);
  }

  /** As it stands after the newest stored block. */
  static async open(db: Database, chain: Chain, height: number): Promise<PredictionBook> {
    const book = new PredictionBook(db, chain, await ChainForecasts.open(db, chain.network, height));
    await book.#read({ height, pending: [] });
    return book;
  }

  /** What this chain's own outcomes have taught; `undefined` where more is known beforehand. */
  get calibration(): Calibration | undefined {
    return this.#learns ? this.#outcomes.calibration : undefined;
  }

  /** What is not forecast at present, and why. */
  missing(): MissingForecast[] {
    return this.#forecasts.missing(this.#rows.at(-1)?.features.height ?? 0);
  }

  /** Whether the low rate of the block of this height decides something that is open. */
  needsLowRate(height: number): boolean {
    return [...this.#open.values()].some(({ kind, dueHeight }) => kind === "fee-rate" && dueHeight >= height);
  }

  /** The next block. */
  take({ header, row, signals, insights, live }: Block): BlockPredictions {
    this.#rows.push(row);
    if (this.#rows.length > LONGEST_DECISION + 2 * SPARE_ROWS) this.#rows = this.#rows.slice(SPARE_ROWS);
    const resolved = this.#resolve();
    const moment: Moment = { height: header.height, hash: header.hash, time: header.time, live };
    const drafts = this.#forecasts.take(header, row);
    const made = [
      ...listClaims({ signals, insights }, moment),
      ...drafts.map((draft) => makePrediction(draft, moment)),
    ];
    for (const prediction of made) this.#open.set(prediction.id, prediction);
    return { resolved, made };
  }

  /** What was said and stored between two blocks. It is forgotten where its block has been taken back meanwhile. */
  add(predictions: readonly Prediction[]): void {
    const hashes = new Set(this.#rows.map(({ features }) => features.blockhash));
    for (const prediction of predictions)
      if (hashes.has(prediction.blockHash)) this.#open.set(prediction.id, prediction);
  }

  takeBack(): void {
    this.#rows.pop();
    this.#isStale = true;
  }

  /**
   * After blocks were taken back: what is open is that which was after the newest block that is left.
   * @param standing asked for where it is needed
   */
  async settle(standing: () => Promise<Standing>): Promise<void> {
    if (!this.#isStale) return;
    this.#isStale = false;
    await this.#read(await standing());
  }

  async #read({ height, pending }: Standing): Promise<void> {
    const open = await listOpenPredictions(this.#db, height);
    this.#open = new Map(open.map((prediction) => [prediction.id, prediction]));
    if (this.#learns)
      this.#outcomes = new OwnOutcomes(this.#chain.network.name, await listDecidedClaims(this.#db, height));
    for (const { predictions } of pending) {
      for (const resolution of predictions?.resolved ?? []) this.#close(resolution);
      for (const prediction of predictions?.made ?? []) this.#open.set(prediction.id, prediction);
    }
    if (this.#rows.length >= Math.min(LONGEST_DECISION, height + pending.length + 1)) return;
    const stored = await listDecidingRows(this.#db, { height, count: LONGEST_DECISION + SPARE_ROWS });
    this.#rows = [...stored, ...pending];
  }

  #resolve(): Resolution[] {
    const height = this.#rows.at(-1)?.features.height ?? 0;
    const resolved = [...this.#open.values()].flatMap((prediction): Resolution[] => {
      // A claim may be decided early, a number is seen when it is due.
      if (prediction.statement.type === "value" && prediction.dueHeight > height) return [];
      const outcome = resolvePrediction(prediction, this.#rows);
      return outcome === undefined ? [] : [{ prediction, outcome, score: scoreOutcome(prediction, outcome) }];
    });
    for (const resolution of resolved) this.#close(resolution);
    return resolved;
  }

  #close(resolution: Resolution): void {
    this.#open.delete(resolution.prediction.id);
    this.#outcomes.add(resolution);
  }
}
