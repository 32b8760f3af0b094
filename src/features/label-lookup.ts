/** What somebody is. Labels of other vocabularies (GraphSense's categories) are mapped to these when they are read. */
export const ENTITY_KINDS = [
  "exchange",
  "pool",
  "custodian",
  "service",
  "mixer",
  "market",
  "gambling",
  "government",
  "sanctioned",
  "theft",
  "person",
  "simulated",
  "other",
] as const;

export type EntityKind = (typeof ENTITY_KINDS)[number];

/** Who owns coins. One actor may be several entities: an exchange and the pool of the same name are kept apart. */
export type Entity = { readonly actor: string; readonly kind: EntityKind };

/** Who is known by an output script or by a text in a coinbase. The `labels` room makes one. */
export type LabelLookup = {
  /** Rises with every change of the labels; what was found by them is kept under it. */
  readonly version: number;
  readonly entities: readonly Entity[];
  /** Index into `entities` of the owner of the script `bytes[start..end)`; -1 where nobody is known. Allocates nothing. */
  entityOf(bytes: Uint8Array, start: number, end: number): number;
  /**
   * 0…1: how sure the label of that script is, by its own word; `undefined` where it does not say, or there is none. Absent:
   * no label of this lookup says.
   */
  certaintyOf?(bytes: Uint8Array, start: number, end: number): number | undefined;
  poolByPayoutScript(script: Uint8Array): string | undefined;
  poolByCoinbaseText(text: string): string | undefined;
};
