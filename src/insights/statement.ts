import type { EvidenceMetric, Slots } from "./insight.ts";

/** What a kind of signal has to say, before it is written out. */
export type Statement = {
  /** What the statement hangs on: transaction ids, or a height and a direction. */
  readonly anchor: string;
  readonly slots: Slots;
  /** Templates with `{role}` places. */
  readonly headline: string;
  readonly summary: string;
  /** What had to hold for the signal to be raised. */
  readonly rule: string;
  readonly metrics: readonly EvidenceMetric[];
};
