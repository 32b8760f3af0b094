import type { Schema } from "./api-document.ts";

/** What zod writes of a whole number that has no bound of its own. */
const UNBOUNDED = Number.MAX_SAFE_INTEGER;

/** A type in a few words, as "list of Insight" or "integer, 1 to 200"; `link` writes the name of another schema. */
export function describeSchema(schema: Schema, link: (name: string) => string): string {
  const { $ref, anyOf, oneOf, items, prefixItems, enum: choices, type, additionalProperties } = schema;
  const describe = (part: Schema): string => describeSchema(part, link);
  if ($ref !== undefined) return link(nameOf($ref));
  if ("const" in schema) return JSON.stringify(schema.const);
  const either = anyOf ?? oneOf;
  if (either !== undefined) return either.map(describe).join(" or ");
  if (choices !== undefined) return choices.map((choice) => JSON.stringify(choice)).join(", ");
  if (prefixItems !== undefined) return `[${prefixItems.map(describe).join(", ")}]`;
  if (typeof items === "object") return `list of ${describe(items)}`;
  if (typeof additionalProperties === "object") return `object of ${describe(additionalProperties)} by name`;
  const name = [type ?? "anything"].flat().join(" or ");
  return [schema.format ?? name, ...boundsOf(schema)].join(", ");
}

/** `#/components/schemas/<name>` */
export function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf("/") + 1);
}

function boundsOf({ minimum, maximum, maxLength, default: preset }: Schema): string[] {
  const [low, high] = [minimum === -UNBOUNDED ? undefined : minimum, maximum === UNBOUNDED ? undefined : maximum];
  const range =
    low === undefined
      ? high === undefined
        ? undefined
        : `up to ${high}`
      : high === undefined
        ? `from ${low}`
        : `${low} to ${high}`;
  return [
    ...(range === undefined ? [] : [range]),
    ...(maxLength === undefined ? [] : [`up to ${maxLength} characters`]),
    ...(preset === undefined ? [] : [`${JSON.stringify(preset)} where nothing is said`]),
  ];
}
