import {
  type BundleRow,
  type Difference,
  type InsightBundle,
  listChangedParts,
  listDifferences,
  replayInsight,
} from "#insights";
import { canonicalDigest, sha256 } from "#lib";

/** A row that blocks do not give as the bundle has it. */
export type OtherRow = { readonly height: number; readonly differences: readonly Difference[] };

export type BundleCheck = {
  readonly bundle: InsightBundle;
  readonly isIdentical: boolean;
  /** Heights of rows that were changed since the bundle was written; `undefined`: something beside them. */
  readonly changed: readonly (number | undefined)[];
  /** Between the insight as it was published and as it follows from the rows. */
  readonly differences: readonly Difference[];
  readonly missingRows: number;
  /** `undefined` where no blocks were read. */
  readonly blocks: { readonly otherRows: readonly OtherRow[]; readonly differences: readonly Difference[] } | undefined;
};

/** @param recomputed the bundle's rows as blocks give them */
export function checkBundle(bundle: InsightBundle, recomputed: readonly BundleRow[] | undefined): BundleCheck {
  const changed = listChangedParts(bundle, canonicalDigest);
  const { differences, missingRows } = replayInsight(bundle, { sha256 });
  const blocks = recomputed && compareWithBlocks(bundle, recomputed);
  const found = [changed, differences, blocks?.otherRows ?? [], blocks?.differences ?? []];
  return { bundle, isIdentical: found.every(({ length }) => length === 0), changed, differences, missingRows, blocks };
}

function compareWithBlocks(bundle: InsightBundle, recomputed: readonly BundleRow[]) {
  const rows = recomputed.map((row, index) => ({ ...row, digest: bundle.rows[index]?.digest ?? "" }));
  const otherRows = bundle.rows.flatMap((row, index): OtherRow[] => {
    const differences = listDifferences(row, rows[index]);
    return differences.length === 0 ? [] : [{ height: row.features.height, differences }];
  });
  return { otherRows, differences: replayInsight({ ...bundle, rows }, { sha256 }).differences };
}
