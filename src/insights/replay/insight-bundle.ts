import type { BlockHash, NetworkName } from "#bitcoin";
import type { BlockFeatures, BlockFlows, Transfer } from "#features";
import type { CalibrationMap, SignalKind } from "#signals";

/** One block as detectors see it, as it is stored. Whom the node watches is not told: no signal depends on it. */
export type BundleRow = {
  readonly features: BlockFeatures;
  readonly transfers: readonly Omit<Transfer, "watched">[];
  readonly flows: BlockFlows;
};

/** With the SHA-256 of the row's canonical JSON (RFC 8785), in hex. */
export type DigestedRow = BundleRow & { readonly digest: string };

type PublishedEvidence = {
  readonly madeBy?: { readonly program?: unknown; readonly fromHeight?: unknown } | null | undefined;
  readonly claim?: { readonly fromHeight?: unknown; readonly [field: string]: unknown } | null | undefined;
  readonly [field: string]: unknown;
};

/** A language model's text for an insight. */
type PublishedWording = { readonly headline: string; readonly summary: string; readonly [field: string]: unknown };

/** An insight as it was published, by whichever version of the program. */
export type PublishedInsight = {
  readonly id: string;
  readonly kind: SignalKind;
  readonly height: number;
  readonly blockHash: BlockHash;
  readonly headline: string;
  /** Versions before it was told have none. */
  readonly evidence?: PublishedEvidence | undefined;
  /** What readers are shown instead of the template's text; it follows from no row. */
  readonly wording?: PublishedWording | null | undefined;
  readonly [field: string]: unknown;
};

/** What lies below the first row: a source leads on from the block, and header times of parents make a median. */
export type BundleBase = {
  /** `null` where the first row is block 0. `bits`: compact form of a target of that time. */
  readonly block: { readonly height: number; readonly hash: BlockHash; readonly bits: number } | null;
  /** Unix seconds, ascending by height: of ten parents, or of as many as the node has. */
  readonly parentTimes: readonly number[];
};

/** All that an insight follows from, so that anybody can compute it again. */
export type BundleHead = {
  readonly format: 1;
  /** Version of the program that wrote it. */
  readonly program: string;
  readonly chain: { readonly network: NetworkName; readonly chainId: string; readonly simulated: boolean };
  readonly insight: PublishedInsight;
  /** False: a block of a set, of which nobody knows what came before. */
  readonly connected: boolean;
  /** Of the node's labels, by which the insight's block was read. */
  readonly labelVersion: number;
  readonly base: BundleBase;
  /** What is in no block. */
  readonly observedByThisNode: {
    /** What claims of this kind had come to by then; `null` where nothing was learnt, or more is known beforehand. */
    readonly calibration: CalibrationMap | null;
  };
};

export type InsightBundle = BundleHead & {
  /** The blocks that the insight's detector looks back on, ascending, and the insight's own as the last. */
  readonly rows: readonly DigestedRow[];
  /** SHA-256, hex, of the canonical JSON of the rest, each row by its digest. */
  readonly digest: string;
};
