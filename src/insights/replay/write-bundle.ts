import type { InsightBundle } from "./insight-bundle.ts";

/** As JSON with a row a line, so that two bundles can be compared by eye. */
export function writeBundle({ rows, ...head }: InsightBundle): string {
  const start = JSON.stringify(head).slice(0, -1);
  return `${start},"rows":[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]}\n`;
}
