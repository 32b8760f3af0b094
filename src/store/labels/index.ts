/** What the store knows of labels: rows by version, imports as a whole, conflicts. */
export { listActorsOfManyKinds, listActorsOfManySpellings, listLabelConflicts } from "./check-labels.ts";
export { listNamesByLabel, listOddNames } from "./check-labels.ts";
export type { LabelConflict } from "./check-labels.ts";
export { importLabels } from "./import-labels.ts";
export type { LabelImportResult } from "./import-labels.ts";
export { type LabelPlace, type ListedLabel, listLabels } from "./list-labels.ts";
export type { StoredLabel } from "./label-rows.ts";
export { checkLabelVersion, getLabelVersion, getLabelVersionAt } from "./label-versions.ts";
export { type LabelFilter, streamLabels } from "./stream-labels.ts";
export { streamLabelClaims } from "./stream-claims.ts";
