/** What live ingest says about itself in its heartbeat; roles share no memory, so it passes through the database. */
export type IngestState = {
  readonly source: string;
  /** Connected blocks with a tip, or a set of blocks that need not be connected. */
  readonly sourceKind: "chain" | "set";
  /** The chain's own clock, unix seconds. */
  readonly chainTime: number;
  /** Height of the source's tip; `null` for a set of blocks, which has none. */
  readonly tipHeight: number | null;
  /** Progress of catching up since start; `null` when there was nothing to catch up with. */
  readonly backfill: {
    readonly blocksDone: number;
    readonly blocksTotal: number;
    readonly blocksPerSecond: number | null;
    readonly etaSeconds: number | null;
  } | null;
};
