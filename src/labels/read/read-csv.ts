import { createReadStream } from "node:fs";
import { CsvError, parse } from "csv-parse";
import { codeOf } from "#lib";
import { badFormat, unreadable } from "../errors.ts";
import type { Claim } from "./claim.ts";

/** Names that a column may have for each field, in lower case; the first that is there is taken. */
const COLUMNS = {
  address: ["address"],
  script: ["script", "scriptpubkey"],
  tag: ["tag", "coinbase_tag"],
  currency: ["currency", "chain", "asset"],
  actor: ["actor", "entity"],
  label: ["label", "name"],
  kind: ["kind"],
  category: ["category"],
  source: ["source", "link", "url"],
  edited: ["edited", "lastmod", "date"],
  validFrom: ["valid_from"],
  validUntil: ["valid_until", "valid_to"],
  confidence: ["confidence"],
  abuse: ["abuse"],
} as const;

type Field = keyof typeof COLUMNS;
type Places = ReadonlyMap<Field, number>;
type Row = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/** A table with a header line, row by row: a file of any size takes the same memory. */
export async function* readCsv(path: string): AsyncGenerator<Claim> {
  const file = createReadStream(path);
  const rows = parse({ bom: true, info: true, skip_empty_lines: true, delimiter: [",", ";", "\t"] });
  file.once("error", (error) => rows.destroy(error));
  file.pipe(rows);
  let places: Places | undefined;
  try {
    for await (const { record, info } of rows as AsyncIterable<Row>) {
      if (places === undefined) places = placesOf(record, path);
      else yield claimOf(record, places, { file: path, line: info.lines });
    }
  } catch (error) {
    if (error instanceof CsvError) throw badFormat({ file: path, line: numberOf(error["lines"]) }, error.message);
    throw codeOf(error)?.startsWith("E") === true ? unreadable(path, error) : error;
  } finally {
    file.destroy();
  }
  if (places === undefined) throw badFormat({ file: path }, "it is empty");
}

/** `date,close` as a header tells where the fields are; a table without addresses is none of labels. */
function placesOf(header: readonly string[], path: string): Places {
  const names = header.map((name) => name.trim().toLowerCase());
  const places = new Map<Field, number>();
  for (const [field, columns] of Object.entries(COLUMNS)) {
    const column = columns.find((name) => names.includes(name));
    if (column !== undefined) places.set(field as Field, names.indexOf(column));
  }
  if (places.has("address") || places.has("script") || places.has("tag")) return places;
  throw badFormat({ file: path, line: 1 }, `it has no column "address" (or "script", "tag"), but ${names.join(", ")}`);
}

function claimOf(record: readonly string[], places: Places, at: Pick<Claim, "file" | "line">): Claim {
  const claim: Partial<Record<Field, string>> = {};
  for (const [field, place] of places) claim[field] = record[place] ?? "";
  return { ...claim, ...at };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
