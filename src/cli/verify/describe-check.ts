import { type Difference, programOf } from "#insights";
import { VERSION } from "#lib";
import type { BundleCheck } from "./check-bundle.ts";

/** Of many differences the first tell enough; --json has them all. */
const SHOWN = 10;

/** Lines for a person, each with its label. */
export function describeCheck(check: BundleCheck): (readonly [label: string, text: string])[] {
  const { bundle, changed, differences, blocks, isIdentical } = check;
  const { insight } = bundle;
  return [
    ["Insight", insight.headline],
    ["Block", `${insight.height} (${insight.blockHash}) of ${bundle.chain.network}`],
    ["Rows", describeRows(check)],
    ...describeOrigin(check),
    ...changed.slice(0, SHOWN).map((height) => ["Changed", describeChanged(height)] as const),
    ...linesOf("Differs", differences),
    ...describeBlocks(blocks),
    ["Verdict", isIdentical ? identical(check) : "differs"],
  ];
}

function describeRows({ bundle: { rows, connected }, missingRows }: BundleCheck): string {
  const [first, last] = [rows[0]?.features.height, rows.at(-1)?.features.height];
  if (!connected) return `block ${last} alone, one of a set`;
  const short =
    missingRows === 0
      ? "all that it looks back on"
      : `${missingRows} fewer than it looks back on, where the node's blocks begin`;
  return `${rows.length.toLocaleString("en")} blocks, ${first} to ${last}: ${short}`;
}

function describeOrigin({ bundle }: BundleCheck): (readonly [string, string])[] {
  const { labelVersion, observedByThisNode } = bundle;
  const program = programOf(bundle.insight);
  const self = program === VERSION ? "as this program is" : `this program is ${VERSION}`;
  const { calibration } = observedByThisNode;
  return [
    ["Made by", `utxoIQ ${program ?? "of an earlier version"}, ${self}; version ${labelVersion} of the node's labels`],
    ...(calibration === null ? [] : [["Observed", `by this node, in no block: ${calibration.version}`] as const]),
  ];
}

function describeChanged(height: number | undefined): string {
  const what = height === undefined ? "something beside the rows, or a row as a whole" : `the row of block ${height}`;
  return `${what}: not what its digest was made of`;
}

function describeBlocks(blocks: BundleCheck["blocks"]): (readonly [string, string])[] {
  if (blocks === undefined) return [];
  const { otherRows, differences } = blocks;
  const rows = otherRows.slice(0, SHOWN).flatMap(({ height, differences: ofRow }) => {
    const [first] = ofRow;
    const more = ofRow.length > 1 ? `, and ${ofRow.length - 1} more fields` : "";
    return first === undefined
      ? []
      : [["Other row", `block ${height}: ${describe(first, "bundle", "blocks")}${more}`] as const];
  });
  const more = otherRows.length > SHOWN ? [["Other row", `${otherRows.length - SHOWN} more blocks`] as const] : [];
  return [...rows, ...more, ...linesOf("By blocks", differences)];
}

function linesOf(label: string, differences: readonly Difference[]): (readonly [string, string])[] {
  const lines = differences.slice(0, SHOWN).map((one) => [label, describe(one, "published", "recomputed")] as const);
  return differences.length > SHOWN ? [...lines, [label, `${differences.length - SHOWN} more fields`]] : lines;
}

function describe({ path, published, recomputed }: Difference, one: string, other: string): string {
  return `${path}: ${one} ${valueOf(published)}, ${other} ${valueOf(recomputed)}`;
}

function valueOf(value: unknown): string {
  return value === undefined || value === null ? "nothing" : JSON.stringify(value);
}

function identical({ blocks }: BundleCheck): string {
  return blocks === undefined
    ? "identical: it follows from these rows, field by field"
    : "identical: the rows follow from the blocks, and it follows from the rows, field by field";
}

/** Of changed rows the heights; `null` stands for something beside them. */
export function jsonOfCheck({ bundle, isIdentical, changed, differences, missingRows, blocks }: BundleCheck): string {
  const { insight, rows, labelVersion, chain } = bundle;
  return JSON.stringify({
    insight: insight.id,
    verdict: isIdentical ? "identical" : "differs",
    network: chain.network,
    program: programOf(insight) ?? null,
    label_version: labelVersion,
    rows: rows.length,
    missing_rows: missingRows,
    changed: changed.map((height) => height ?? null),
    differences: differences.map(jsonOf),
    blocks: blocks && {
      other_rows: blocks.otherRows.map(({ height, differences: ofRow }) => ({ height, fields: ofRow.map(jsonOf) })),
      differences: blocks.differences.map(jsonOf),
    },
  });
}

/** What a side does not have is `null`. */
function jsonOf({ path, published, recomputed }: Difference) {
  return { path, published: published ?? null, recomputed: recomputed ?? null };
}
