/** The parts of an OpenAPI 3.1 document that a client relies on. */
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Schema = { readonly [key: string]: Json };
type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema?: Schema };
type Content = { readonly $ref?: string; readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
type Operation = {
  readonly operationId?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses?: Readonly<Record<string, Content>>;
};
export type OpenApi = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: {
    readonly schemas?: Readonly<Record<string, Schema>>;
    readonly responses?: Readonly<Record<string, Content>>;
  };
};

/** Who reads a value: a client reads answers, the server reads requests. */
type Direction = "answer" | "request";
const WORDS = { answer: "is new", request: "is refused" } as const;

type Pair = { readonly before: Schema; readonly after: Schema };
type Comparison = { readonly before: OpenApi; readonly after: OpenApi; readonly found: string[] };

/**
 * What a program that was written for `before` may trip over with `after`: operations, answers and their fields that
 * are gone or of another kind, and what a request must have now, or may have no more. More is no break.
 */
export function findBreaks(before: OpenApi, after: OpenApi): readonly string[] {
  const found: string[] = [];
  for (const [path, operations] of Object.entries(before.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const name = `${method.toUpperCase()} ${path}`;
      const now = after.paths[path]?.[method];
      if (now === undefined) found.push(`${name} is gone`);
      else compareOperations({ before, after, found }, name, { before: operation, after: now });
    }
  }
  return found;
}

type Operations = { readonly before: Operation; readonly after: Operation };

function compareOperations(comparison: Comparison, name: string, { before, after }: Operations): void {
  const { found } = comparison;
  // Clients that are generated have a function of that name.
  if (before.operationId !== undefined && before.operationId !== after.operationId)
    found.push(`${name}: operation ${before.operationId} is called ${after.operationId}`);
  const keyOf = (parameter: Parameter): string => `${parameter.in} parameter ${parameter.name}`;
  const had = new Map((before.parameters ?? []).map((parameter) => [keyOf(parameter), parameter]));
  const has = new Map((after.parameters ?? []).map((parameter) => [keyOf(parameter), parameter]));
  for (const [key, parameter] of had) {
    const now = has.get(key);
    if (now === undefined) found.push(`${name}: ${key} is gone`);
    else compareSchemas(comparison, `${name}: ${key}`, pairOf(parameter.schema, now.schema), "request");
  }
  for (const [key, { required }] of has)
    if (required === true && had.get(key)?.required !== true) found.push(`${name}: ${key} is required`);
  const body = pairOf(schemaOf(before.requestBody), schemaOf(after.requestBody));
  compareSchemas(comparison, `${name}: body`, body, "request");
  for (const [status, response] of Object.entries(before.responses ?? {})) {
    const now = after.responses?.[status];
    if (now === undefined && status.startsWith("2")) found.push(`${name}: answer ${status} is gone`);
    if (now === undefined) continue;
    const told = pairOf(schemaOf(sharedBy(comparison.before, response)), schemaOf(sharedBy(comparison.after, now)));
    compareSchemas(comparison, `${name}: answer ${status}`, told, "answer");
  }
}

/** Answers that are the same everywhere stand once. */
function sharedBy({ components }: OpenApi, response: Content): Content | undefined {
  const name = response.$ref?.split("/").at(-1);
  return name === undefined ? response : components?.responses?.[name];
}

function schemaOf(content: Content | undefined): Schema | undefined {
  return Object.values(content?.content ?? {})[0]?.schema;
}

function pairOf(before: Schema | undefined, after: Schema | undefined): Pair {
  return { before: before ?? {}, after: after ?? {} };
}

function compareSchemas(comparison: Comparison, at: string, pair: Pair, direction: Direction, depth = 0): void {
  // Deep enough for all that is there; a schema that holds itself ends here.
  if (depth > 12) return;
  const before = resolve(comparison.before, pair.before);
  const after = resolve(comparison.after, pair.after);
  const { found } = comparison;
  // Who reads must know what they are given: an answer may not become something else, a request may not be refused.
  const news =
    direction === "answer" ? missing(typesOf(after), typesOf(before)) : missing(typesOf(before), typesOf(after));
  if (news.length > 0 && typesOf(before).length > 0) found.push(`${at}: ${news.join(", ")} ${WORDS[direction]}`);
  const choices = valuesOf(after);
  const refused = direction === "request" && choices.length > 0 ? missing(valuesOf(before), choices) : [];
  if (refused.length > 0) found.push(`${at}: ${refused.join(", ")} ${WORDS.request}`);
  const fields = objectOf(before["properties"]);
  const now = objectOf(after["properties"]);
  for (const [field, schema] of Object.entries(fields)) {
    const other = now[field];
    if (other === undefined) found.push(`${at}: field ${field} is gone`);
    else compareSchemas(comparison, `${at}.${field}`, { before: schema, after: other }, direction, depth + 1);
  }
  const [mustBefore, mustAfter] = [namesOf(before["required"]), namesOf(after["required"])];
  const lacking = direction === "answer" ? missing(mustBefore, mustAfter) : missing(mustAfter, mustBefore);
  for (const field of lacking.filter((name) => name in now))
    found.push(`${at}: field ${field} ${direction === "answer" ? "may be left out" : "is required"}`);
  const items = pairOf(asSchema(before["items"]), asSchema(after["items"]));
  if (before["items"] !== undefined) compareSchemas(comparison, `${at}[]`, items, direction, depth + 1);
}

/** What a reference leads to; of what may be `null` as well the rest, marked so. */
function resolve(document: OpenApi, schema: Schema): Schema {
  const named = follow(document, schema);
  const alternatives = alternativesOf(named);
  const [only, ...more] = alternatives.filter(({ type }) => type !== "null");
  if (only === undefined || more.length > 0 || alternatives.length !== 2) return named;
  const other = resolve(document, only);
  return { ...other, type: [other["type"] ?? [], "null"].flat() };
}

function follow({ components }: OpenApi, schema: Schema): Schema {
  const reference = schema["$ref"];
  if (typeof reference !== "string") return schema;
  return components?.schemas?.[reference.split("/").at(-1) ?? ""] ?? {};
}

/** Of all alternatives. */
function typesOf(schema: Schema): readonly string[] {
  const own = [schema["type"]].flat().filter((type) => typeof type === "string");
  return [...own, ...alternativesOf(schema).flatMap(typesOf)];
}

function valuesOf(schema: Schema): readonly string[] {
  const values = Array.isArray(schema["enum"]) ? schema["enum"] : [];
  const own = [...values, ...("const" in schema ? [schema["const"]] : [])].map((value) => JSON.stringify(value));
  return [...own, ...alternativesOf(schema).flatMap(valuesOf)];
}

function alternativesOf(schema: Schema): readonly Schema[] {
  return [schema["anyOf"], schema["oneOf"]].flatMap((list) => (Array.isArray(list) ? (list as Schema[]) : []));
}

/** What is in the first and not in the second. */
function missing(has: readonly string[], allowed: readonly string[]): readonly string[] {
  return has.filter((value) => !allowed.includes(value));
}

function asSchema(value: unknown): Schema | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : undefined;
}

function objectOf(value: unknown): Readonly<Record<string, Schema>> {
  return (asSchema(value) ?? {}) as Readonly<Record<string, Schema>>;
}

function namesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}
