import { badFormat } from "../errors.ts";
import type { Claim } from "./claim.ts";
import { type DocumentNode, readDocument } from "./read-document.ts";

/** A GraphSense TagPack: what a tag does not say itself is said by the pack. */
export async function* readTagPack(path: string): AsyncGenerator<Claim> {
  const pack = await readDocument(path);
  const tags = pack.fields?.get("tags");
  if (tags?.items === undefined)
    throw badFormat({ file: path, line: pack.line }, "it is no TagPack: it has no list `tags`");
  for (const tag of tags.items) {
    const { fields } = tag;
    if (fields === undefined) throw badFormat({ file: path, line: tag.line }, "a tag is not a list of fields");
    const address = fields.get("address");
    yield claimOf({ file: path, line: (address ?? tag).line }, address, (name) =>
      textOf(fields.get(name) ?? pack.fields?.get(name)),
    );
  }
}

type Place = Pick<Claim, "file" | "line">;

function claimOf(place: Place, address: DocumentNode | undefined, field: (name: string) => string): Claim {
  return {
    ...place,
    address: address?.text,
    currency: field("currency") || field("network") || "none",
    actor: field("actor"),
    label: field("label"),
    category: field("category") || field("concepts"),
    source: field("source"),
    edited: field("lastmod"),
    confidence: field("confidence"),
    abuse: field("abuse"),
  };
}

/** Of a list (several concepts) the first. */
function textOf(node: DocumentNode | undefined): string {
  return node?.text ?? node?.items?.[0]?.text ?? "";
}
