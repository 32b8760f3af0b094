import type { BlockHash, Txid } from "#bitcoin";
import type { Entity } from "#features";
import type { MetricUnit, SignalKind, Surprise } from "#signals";

export type InsightCategory = "mempool" | "exchange" | "miner" | "whale" | "network" | "predictive";

/** `preliminary` until five blocks lie on top, then `confirmed`; `retracted` when its block left the chain. */
export type InsightStatus = "preliminary" | "confirmed" | "retracted";

/** A number or name in an insight's text, bound to its role, unit and value. Text holds no other numbers. */
export type Slot =
  | { readonly unit: MetricUnit | "height"; readonly value: number }
  | { readonly unit: "txid" | "address" | "name"; readonly value: string };

export type Slots = Readonly<Record<string, Slot>>;

export type EvidenceBlock = { readonly hash: BlockHash; readonly height: number; readonly time: number };

export type EvidenceTransaction = {
  readonly txid: Txid;
  readonly valueSats: number;
  readonly feeSats: number;
  /** Of the largest receiver. */
  readonly toAddress: string | null;
  /** By labels; `null` where none tells, and of insights of earlier versions. */
  readonly from?: Entity | null;
  readonly to?: Entity | null;
  /** Its shape, which insights of earlier versions do not say. */
  readonly inputs?: number;
  readonly outputs?: number;
  /** What its inputs hold, and what goes to its largest receiver. */
  readonly spentSats?: number;
  readonly largestSats?: number;
  /** Its place in the block, and how old the coins are that it spends, in days; `null` where a height is unknown. */
  readonly txIndex?: number;
  readonly coinAgeDays?: number | null;
};

export type EvidenceMetric = {
  readonly name: string;
  readonly unit: MetricUnit;
  readonly value: number;
  readonly baseline: number | null;
  readonly percentile: number | null;
  readonly sampleSize: number | null;
};

/** What is claimed about blocks to come. Its truth is open, so it may carry confidence. */
export type Claim = {
  readonly text: string;
  /** Height of the block that decides it at the latest. */
  readonly decidedAtHeight: number;
  /** Whose outcomes the confidence was learnt from, and how many; `null` where too few are known to state one. */
  readonly learntFrom: string | null;
  readonly outcomes: number | null;
  /** As of what it was made with: a claim stays as it was made when its event goes on. */
  readonly fromHeight?: number;
  /** By how much it passed what it had to, on the scale of its kind, and what became of claims that did alike. */
  readonly score?: number | null;
  readonly alike?: { readonly count: number; readonly came: number } | null;
};

/** What an insight was made with, so that another result can be explained. */
export type MadeBy = {
  /** Version of utxoIQ. */
  readonly program: string;
  /** Of the node's labels, by which the block was read. */
  readonly labelVersion: number;
  /** Share of the block's value, spent and received, whose owner is known by them; `null` of no value. */
  readonly labelCoverage: number | null;
  /**
   * Height of the lowest block that was known, where that is not as far back as its kind looks: blocks below may be read
   * later, and what was told is not told anew. Insights of earlier versions do not say.
   */
  readonly fromHeight?: number;
};

/** How sure it is whom an insight names: by the labels, and by nothing that stood out. */
export type Attribution = {
  /** 0…1, of the least sure of its parties; `null` where nobody is named, or labels do not say of one. */
  readonly certainty: number | null;
  /** Whom it names, each with how sure the labels are by which its coins were known in the newest of the blocks. */
  readonly parties: readonly (Entity & { readonly certainty: number | null })[];
};

/** What a reader needs to check an insight against a node of their own. */
export type Evidence = {
  /** What had to hold for the signal to be raised, and did. */
  readonly rule: string;
  /** Whom it is about; `null` where it is about the chain as a whole. */
  readonly subject: Entity | null;
  /** Kinds of signal that told of the same spending, beside its own; absent where there were none. */
  readonly also?: readonly SignalKind[] | undefined;
  /** `null` where the insight only describes what was. */
  readonly claim: Claim | null;
  /** `null` where whoever wrote it does not say. */
  readonly madeBy: MadeBy | null;
  /** `null` where whoever wrote it does not say, absent of insights of earlier versions. */
  readonly attribution?: Attribution | null;
  /** In which it was told first, and of an event that goes on the one on which it stands. */
  readonly blocks: readonly EvidenceBlock[];
  /** The first of the blocks that it is about; `null` where that is one alone, absent of insights of earlier versions. */
  readonly begins?: EvidenceBlock | null;
  readonly transactions: readonly EvidenceTransaction[];
  readonly metrics: readonly EvidenceMetric[];
  /** Every number and name of the text, by role. */
  readonly slots: Slots;
};

export type Insight = {
  /** Hash of kind, statement and anchor: the same event on another branch has the same id. */
  readonly id: string;
  readonly kind: SignalKind;
  readonly category: InsightCategory;
  readonly height: number;
  readonly blockHash: BlockHash;
  /** Header time of the block, unix seconds. */
  readonly blockTime: number;
  readonly headline: string;
  readonly summary: string;
  readonly surprise: Surprise | null;
  /** How often such claims came true. `null`: nothing is claimed, or too few outcomes are known. */
  readonly confidence: number | null;
  readonly evidence: Evidence;
  readonly simulated: boolean;
};
