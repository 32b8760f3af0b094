import { expect, test } from "vitest";
import { findBreaks, type OpenApi } from "../scripts/compare-openapi.ts";

type Shape = { readonly answer?: object; readonly parameters?: readonly object[]; readonly body?: object };

function documentOf({ answer = {}, parameters = [], body = {} }: Shape): OpenApi {
  const content = (schema: object) => ({ content: { "application/json": { schema } } });
  const responses = { 200: content({ $ref: "#/components/schemas/Answer" }) };
  const post = { parameters, requestBody: content(body), responses };
  return { paths: { "/things": { post } }, components: { schemas: { Answer: answer } } } as unknown as OpenApi;
}

const object = (properties: object, required: readonly string[] = Object.keys(properties)) => ({
  type: "object",
  properties,
  required,
});
const text = { type: "string" };

test.each<[string, Shape, Shape, readonly string[]]>([
  [
    "a field that is gone",
    { answer: object({ a: text, b: text }) },
    { answer: object({ a: text }) },
    ["field b is gone"],
  ],
  [
    "a field of another type",
    { answer: object({ a: text }) },
    { answer: object({ a: { type: "number" } }) },
    [".a: number is new"],
  ],
  [
    "a field that may be null",
    { answer: object({ a: text }) },
    { answer: object({ a: { anyOf: [text, { type: "null" }] } }) },
    [".a: null is new"],
  ],
  [
    "a field that may be left out",
    { answer: object({ a: text }) },
    { answer: object({ a: text }, []) },
    ["field a may be left out"],
  ],
  [
    "in what may be null as well",
    { answer: object({ a: { anyOf: [object({ b: text }), { type: "null" }] } }) },
    { answer: object({ a: { anyOf: [object({}), { type: "null" }] } }) },
    [".a: field b is gone"],
  ],
  [
    "in a list as well",
    { answer: { type: "array", items: object({ a: text }) } },
    { answer: { type: "array", items: object({}) } },
    ["[]: field a is gone"],
  ],
  [
    "a parameter that must be given",
    {},
    { parameters: [{ name: "q", in: "query", required: true }] },
    ["query parameter q is required"],
  ],
  ["a parameter that is gone", { parameters: [{ name: "q", in: "query" }] }, {}, ["query parameter q is gone"]],
  ["a value that is refused", { body: { enum: ["a", "b"] } }, { body: { enum: ["a"] } }, ['body: "b" is refused']],
  [
    "a field of the body that must be given",
    { body: object({}) },
    { body: object({ a: text }) },
    ["body: field a is required"],
  ],
])("%s breaks programs", (_, before, after, expected) => {
  const breaks = findBreaks(documentOf(before), documentOf(after));
  expect(breaks).toHaveLength(expected.length);
  for (const [index, words] of expected.entries()) expect(breaks[index]).toContain(words);
});

test("an operation by another name, and an error of another form where it stands once for all, break programs", () => {
  const documentWith = (operationId: string, error: object): OpenApi => {
    const responses = { 404: { $ref: "#/components/responses/NotFound" } };
    const NotFound = { content: { "application/problem+json": { schema: error } } };
    const document = {
      paths: { "/things": { get: { operationId, responses } } },
      components: { responses: { NotFound } },
    };
    return document as unknown as OpenApi;
  };
  const before = documentWith("getThings", object({ code: text }));
  expect(findBreaks(before, before)).toEqual([]);
  expect(findBreaks(before, documentWith("listThings", object({})))).toEqual([
    "GET /things: operation getThings is called listThings",
    "GET /things: answer 404: field code is gone",
  ]);
});

test("an operation that is gone breaks programs; what is more, or may be left out, does not", () => {
  const before = documentOf({ answer: object({ a: { enum: ["x"] } }), body: object({ a: text }) });
  expect(findBreaks(before, { paths: {} })).toEqual(["POST /things is gone"]);
  const after = documentOf({
    answer: object({ a: { enum: ["x", "y"] }, b: text }),
    body: object({ a: text, b: text }, []),
    parameters: [{ name: "q", in: "query" }],
  });
  expect(findBreaks(before, { ...after, paths: { ...after.paths, "/more": {} } })).toEqual([]);
});
