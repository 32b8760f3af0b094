/** What somebody is, as features know it; the place where both meet checks that the two lists agree. */
export const LABEL_KINDS = [
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

export type LabelKind = (typeof LABEL_KINDS)[number];

export function isLabelKind(text: string): text is LabelKind {
  return (LABEL_KINDS as readonly string[]).includes(text);
}
