import { STAGEABLE_EVENTS } from "#chain";

type Output = { readonly json: boolean; readonly write: (text: string) => void };

type Stageable = (typeof STAGEABLE_EVENTS)[number];

const HEAD = ["KIND", "TO WHOM", "HOW MUCH", "BLOCKS", "WHAT HAPPENS"];

/** `utxoiq simnet events`: each kind, to whom it can happen, what is drawn of it, and what happens. */
export function listEvents({ json, write }: Output): void {
  if (json) {
    for (const event of STAGEABLE_EVENTS) write(JSON.stringify(event));
    return;
  }
  for (const line of drawTable([HEAD, ...STAGEABLE_EVENTS.map(cellsOf)])) write(line);
  write("");
  for (const [who, names] of namesByWho()) write(`${who} (simulated): ${names.join(", ")}`);
  write("All of it is simulated. Numbers are what is drawn where --size or --lasts says nothing; --json tells how far");
  write("they may go.");
}

function cellsOf({ kind, who, size, blocks, what }: Stageable): string[] {
  return [kind, who ?? "all", size === null ? "-" : describeSize(size), range(blocks.drawn), what];
}

function describeSize({ drawn, unit, drawnShare }: NonNullable<Stageable["size"]>): string {
  if (drawnShare !== null) return `${range(drawnShare.map((share) => 100 * share))} % of its BTC`;
  return `${range(drawn)} ${unit === "BTC" ? "BTC" : "times"}`;
}

function range(ends: readonly number[]): string {
  const [least = 0, most = least] = ends.map((end) => Number(end.toPrecision(6)));
  return least === most ? least.toLocaleString("en") : `${least.toLocaleString("en")} to ${most.toLocaleString("en")}`;
}

function namesByWho(): ReadonlyMap<string, readonly string[]> {
  return new Map(
    STAGEABLE_EVENTS.flatMap(({ who, entities }) => (who === null ? [] : [[who, entities.map(unmarked)]])),
  );
}

/** The line says it once for all of them. */
function unmarked(name: string): string {
  return name.replace(/ \(simulated\)$/, "");
}

/** Each column as wide as its widest cell. */
function drawTable(rows: readonly (readonly string[])[]): string[] {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
