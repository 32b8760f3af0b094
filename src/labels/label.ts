import type { LabelKind } from "./entity-kinds.ts";

/** That an output script, or a text in a coinbase, belongs to somebody; with where that is known from. */
export type Label = {
  /** Exactly one of the two: an output script, or a text by which a pool signs its coinbases. */
  readonly script: Uint8Array | null;
  readonly tag: string | null;
  /** The address as the file has it; null for a tag or a script that has none. */
  readonly address: string | null;
  /** As the file spells it. Actor, in any spelling, and kind together are the entity. Where a file names no actor, its label stands in. */
  readonly actor: string;
  readonly kind: LabelKind;
  /** The file's own words. */
  readonly category: string | null;
  readonly label: string | null;
  /** Where this is published. */
  readonly source: string | null;
  /** YYYY-MM-DD: when its publisher last edited it. It tells nothing about since when it is true. */
  readonly edited: string | null;
  /** YYYY-MM-DD, both included: when it is true, where the file says so. */
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly confidence: string | null;
  readonly abuse: string | null;
  /** Name of the file without its folder: a file of the same name replaces it. */
  readonly file: string;
};
