import { z } from "zod";
import { asOf } from "./chain.ts";
import { line, listOf } from "./filter-parts.ts";
import { nextPage, pageOf } from "./paging.ts";

const labelKind = z.enum([
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
]);

const version = z.int().nonnegative();

export const listLabelsQuery = z.strictObject({
  ...pageOf({ most: 200, usual: 50 }),
  asOf,
  entity: line.min(1).max(200).optional().meta({ description: "Whose, in any spelling" }),
  q: line.trim().min(1).max(200).optional().meta({ description: "Part of the name of whose they are" }),
  kind: listOf(labelKind).optional().meta({ description: "Of whose they are: one or several, with commas between" }),
  address: line
    .min(1)
    .max(120)
    .optional()
    .meta({ description: "Whose label is asked for, of the network that is stored" }),
});

const label = z
  .object({
    entity: z.object({ actor: z.string(), kind: labelKind }),
    address: z.string().nullable().meta({ description: "null: a script without one, or the text of a coinbase" }),
    script: z.string().nullable().meta({ description: "Hexadecimal; null: the text of a coinbase" }),
    tag: z.string().nullable().meta({ description: "Text that the coinbases of a pool have in them" }),
    spelling: z.string().meta({ description: "The entity as the file names it" }),
    category: z.string().nullable().meta({ description: "As the file says; kind follows from it" }),
    label: z.string().nullable(),
    source: z.string().nullable().meta({ description: "Where the file has it from" }),
    abuse: z.string().nullable(),
    confidence: z.string().nullable().meta({ description: "As the file says" }),
    edited: z.iso.date().nullable(),
    validFrom: z.iso.date().nullable(),
    validUntil: z.iso.date().nullable(),
    file: z.string(),
    knownSince: z.iso.datetime().meta({ description: "When it was imported" }),
    versionFrom: version.meta({ description: "First version of the labels that has it" }),
    versionTo: version.nullable().meta({ description: "The first without it; null: it is valid" }),
  })
  .meta({ id: "Label" });

export const labelList = z
  .object({
    labelVersion: version.meta({ description: "Of which these are; 0: nothing was imported yet" }),
    labels: z.array(label).meta({ description: "Entity by entity" }),
    ...nextPage,
  })
  .meta({ id: "LabelList" });
export type LabelList = z.infer<typeof labelList>;
