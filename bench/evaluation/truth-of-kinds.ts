import type { LedgerEntry, StagedKind } from "#chain";
import type { SignalKind } from "#signals";

type Excursion = Extract<LedgerEntry, { type: "excursion" }>;

/** What of the ledger a kind of signal is held against. */
export type KindTruth = {
  /** Events that it should find; `null` where none of its kind are staged. */
  readonly staged: StagedKind | null;
  /** Hidden state whose excursions are no false alarms either. */
  readonly excursion?: Pick<Excursion, "state"> & { readonly sign: 1 | -1 };
  /** Blocks after the last of an event in which it may still be told: the span that the detector measures. */
  readonly delayBlocks: number;
};

export const KIND_TRUTHS: Readonly<Record<SignalKind, KindTruth>> = {
  "fee-spike": { staged: "fee-spike", excursion: { state: "demand", sign: 1 }, delayBlocks: 6 },
  "inflow-spike": { staged: "inflow-spike", excursion: { state: "leaning", sign: 1 }, delayBlocks: 9 },
  "outflow-spike": { staged: "outflow-spike", excursion: { state: "leaning", sign: -1 }, delayBlocks: 9 },
  "large-transfer": { staged: "very-large-transfer", delayBlocks: 3 },
  "coin-days-destroyed": { staged: null, delayBlocks: 0 },
  "revived-supply": { staged: null, delayBlocks: 0 },
  dormancy: { staged: null, delayBlocks: 0 },
  "inscription-wave": { staged: "inscription-wave", delayBlocks: 12 },
  "consolidation-wave": { staged: "consolidation-wave", delayBlocks: 12 },
  "coinjoin-wave": { staged: "coinjoin-wave", delayBlocks: 12 },
};
