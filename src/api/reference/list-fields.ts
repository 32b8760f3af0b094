import type { Schema } from "./api-document.ts";

/** A field of an object, or of what lies in it: `evidence.claim.text`, `blocks[].hash`. */
export type Field = { readonly path: string; readonly schema: Schema; readonly required: boolean };

/** Every field of a schema in its order, those of what is written in place with the place before them. */
export function listFields(schema: Schema, prefix = ""): readonly Field[] {
  return partsOf(schema).flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).flatMap(([name, field]) => {
      const path = `${prefix}${name}`;
      const own = { path, schema: field, required: required.includes(name) };
      return [own, ...listFields(field, `${path}${isList(field) ? "[]" : ""}.`)];
    }),
  );
}

/** Objects that are written in place: a schema itself, what a list holds, what it may be. */
function partsOf(schema: Schema): readonly Schema[] {
  if (typeof schema.items === "object") return partsOf(schema.items);
  const either = schema.anyOf ?? schema.oneOf;
  return either === undefined ? [schema] : either.flatMap(partsOf);
}

function isList({ items, anyOf = [] }: Schema): boolean {
  return typeof items === "object" || anyOf.some(isList);
}
