import type { BundleHead, BundleRow, DigestedRow, InsightBundle } from "./insight-bundle.ts";

/** SHA-256 of a value's canonical JSON (RFC 8785), in hex. */
export type DigestOf = (value: unknown) => string;

/** With a digest of each row and of the whole, so that a changed one is found. */
export function sealBundle(head: BundleHead, rows: readonly BundleRow[], digestOf: DigestOf): InsightBundle {
  const digested = rows.map((row) => ({ ...row, digest: digestOf(row) }));
  return { ...head, digest: digestOfWhole(head, digested, digestOf), rows: digested };
}

/** Where a bundle is not what its node wrote: rows by their height, and `undefined` for what is not of a row. */
export function listChangedParts(bundle: InsightBundle, digestOf: DigestOf): (number | undefined)[] {
  const { rows, digest, ...head } = bundle;
  const changed: (number | undefined)[] = rows.filter((row) => digestOf(contentsOf(row)) !== row.digest).map(heightOf);
  return digestOfWhole(head, rows, digestOf) === digest ? changed : [...changed, undefined];
}

function digestOfWhole(head: BundleHead, rows: readonly DigestedRow[], digestOf: DigestOf): string {
  return digestOf({ ...head, rows: rows.map(({ digest }) => digest) });
}

function contentsOf({ features, transfers, flows }: DigestedRow): BundleRow {
  return { features, transfers, flows };
}

function heightOf({ features }: DigestedRow): number {
  return features.height;
}
