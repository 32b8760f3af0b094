/** What a label does not say that the program knows by itself, or is told by its source: it comes from no file. */
export const KNOWN_LABEL = {
  tag: null,
  category: null,
  label: null,
  source: null,
  edited: null,
  validFrom: null,
  validUntil: null,
  abuse: null,
  confidence: "service_data",
} as const;
