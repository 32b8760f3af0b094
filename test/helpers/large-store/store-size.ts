export type StoreSize = {
  readonly blocks: number;
  readonly flowsPerBlock: number;
  /** Seconds from block to block: where blocks are few, longer ones make windows of days as narrow as in a long chain. */
  readonly interval: number;
  /** Days up to the newest block that are rolled up by hours too. */
  readonly hourDays: number;
  /** So many of the catalogue are rolled up. */
  readonly metrics: number;
  /** Days of samples of the mempool, up to the newest block, and of the program, up to now. */
  readonly days: number;
  /** Seconds from one of these to the next. */
  readonly sampleSeconds: number;
  /** So many of the newest blocks have predictions. */
  readonly predicted: number;
};

/** Actors that take part in every block. */
export const BUSY_ACTORS = 5;

/** Those that take part now and then. */
export const OTHER_ACTORS = 2_000;
